namespace MLOpsGovernance.Advisor.CrossViews;

/// <param name="Source">Printed beside the view.</param>
public sealed record PublishedModel(string Source, IReadOnlyList<Predicate> Predicates);

/// <param name="Section"><c>data</c>, <c>model</c>, <c>infrastructure</c> or <c>monitoring</c>.</param>
/// <param name="Questions">From which a mark is proposed; none where no event can tell.</param>
public sealed record SystemTest(string Id, string Section, string Statement, IReadOnlyList<string> Questions);

public sealed record SystemTests(string Source, IReadOnlyList<SystemTest> Tests);

/// <summary>A contrast of research and production, from 0 to 1. The ten are shown and never added up.</summary>
public sealed record Trait(string Id, [property: System.Text.Json.Serialization.JsonPropertyName("trait")] string Name, string Research, string Production, IReadOnlyList<string> Questions);

public sealed record ViewCatalogue(PublishedModel Microsoft, PublishedModel Google, SystemTests MlTestScore, IReadOnlyList<Trait> Traits);
