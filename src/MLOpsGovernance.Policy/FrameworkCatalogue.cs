namespace MLOpsGovernance.Policy;

/// <summary>What a framework is to those it addresses.</summary>
public enum FrameworkStatus { Law, Standard, Guidance }

/// <summary>Something outside that rules can support: a law, a standard, guidance.</summary>
/// <param name="Id">As rules name it.</param>
/// <param name="Version">Edition, year or number; null where there is but one.</param>
/// <param name="Date">When that edition was published.</param>
/// <param name="Applicability">Whom and what it is for.</param>
/// <param name="OnlyWhere">An expression that a policy must have among its conditions before its rules may name the framework; null where it may be named of anything.</param>
/// <param name="Replaces">Ids of frameworks that it took the place of.</param>
public sealed record Framework(
    string Id, string Title, string Publisher, string? Version, DateTimeOffset? Date, FrameworkStatus Status, string Applicability, string? Url, string? OnlyWhere,
    IReadOnlyList<string> Replaces, IReadOnlyList<FrameworkControl> Controls);

/// <param name="Ref">As rules name it: <c>Art. 10</c>, <c>GOVERN 2.1</c>.</param>
/// <param name="Title">In words of our own.</param>
/// <param name="EffectiveFrom">When it begins to apply to anybody; null where that is no question.</param>
/// <param name="Phases">Where it begins later for some: from when, and for whom.</param>
/// <param name="Beyond">What it asks for that no rule can see.</param>
public sealed record FrameworkControl(string Ref, string Title, DateTimeOffset? EffectiveFrom, IReadOnlyList<FrameworkPhase> Phases, string? Note, string? Beyond = null);

public sealed record FrameworkPhase(DateTimeOffset From, string AppliesTo);
