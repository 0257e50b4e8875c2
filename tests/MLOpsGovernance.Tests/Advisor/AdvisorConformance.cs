using System.Text.Json;
using MLOpsGovernance.Tests.PolicyCel;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>Published and recomputed reference cases, each by the definition that it names.</summary>
public sealed class AdvisorConformance
{
    private const string File = "advisor/vectors.json";

    private static readonly string? Found = ConformanceFolder.Find(File);
    private static readonly Dictionary<string, AdvisorCase> Cases = Found is null ? [] : AdvisorCase.Load(Found).ToDictionary(static c => c.Id, StringComparer.Ordinal);

    private static readonly Dictionary<string, Func<JsonElement, object?>> Methods = new[]
    {
        AdvisorInstrumentMethods.All, AdvisorViewMethods.All, AdvisorChoiceMethods.All, AdvisorMoneyMethods.All, AdvisorUncertaintyMethods.All, AdvisorDriftMethods.All, AdvisorLearningMethods.All,
    }.SelectMany(static m => m).ToDictionary(static m => m.Key, static m => m.Value, StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Ids() => Cases.Count == 0
        ? [new TheoryDataRow<string>("absent") { TestDisplayName = $"{File} is absent" }]
        : Cases.Keys.Select(static id => new TheoryDataRow<string>(id) { TestDisplayName = id });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Holds_for_every_case(string id)
    {
        if (Found is null)
        {
            ConformanceFolder.MustBeWhole.ShouldBeFalse($"{File} is missing from the default conformance folder");
            Assert.SkipUnless(Found is not null, $"{File} is absent; set CONFORMANCE_DIR to run the reference cases");
        }

        var @case = Cases[id];
        var known = Methods.TryGetValue(@case.Method, out var method);
        Assert.SkipWhen(!known && @case.Optional, $"{@case.Method} is no part of this version");
        known.ShouldBeTrue($"{@case.Method} is not known");
        @case.Check(JsonSerializer.SerializeToNode(method!(@case.Input)));
    }
}
