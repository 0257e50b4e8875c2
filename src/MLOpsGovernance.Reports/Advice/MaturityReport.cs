using MLOpsGovernance.Reports.Charts;

namespace MLOpsGovernance.Reports.Advice;

/// <summary>How mature a team is, by claim and by evidence, and what it should buy or build.</summary>
public sealed record MaturityReport : Report
{
    public override string Kind => "maturity";

    public required string Team { get; init; }

    public ReportPeriod? Window { get; init; }

    /// <summary>The answer in one or two sentences.</summary>
    public required string Verdict { get; init; }

    /// <summary>Level of the weakest core dimension; null where too little was answered.</summary>
    public int? Floor { get; init; }

    public double? Mean { get; init; }

    /// <summary>Share of the weight that recorded events bear out, 0 to 1.</summary>
    public double? EvidenceShare { get; init; }

    public double? Answered { get; init; }

    /// <summary>Claims that recorded events contradict.</summary>
    public IReadOnlyList<Contradiction> Contradictions { get; init; } = [];

    public IReadOnlyList<NextAction> NextActions { get; init; } = [];

    public IReadOnlyList<MaturityDimension> Dimensions { get; init; } = [];

    public IReadOnlyList<CrossView> Views { get; init; } = [];

    public IReadOnlyList<RoleGap> Roles { get; init; } = [];

    public IReadOnlyList<AdvisedCapability> Capabilities { get; init; } = [];

    public IReadOnlyList<AdvisedPortfolio> Portfolios { get; init; } = [];

    /// <summary>Which inputs move the cost of the recommended portfolio.</summary>
    public IReadOnlyList<TornadoBar> Drivers { get; init; } = [];

    public IReadOnlyList<SwitchingValue> SwitchingValues { get; init; } = [];

    /// <summary>What it is worth to know an input before choosing.</summary>
    public IReadOnlyList<InformationValue> InformationValues { get; init; } = [];

    public required string Currency { get; init; }

    /// <summary>How the numbers came about: seed, runs, versions.</summary>
    public IReadOnlyList<MethodNote> Method { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>Questions that do not apply, with the reason.</summary>
    public IReadOnlyList<MethodNote> NotApplicable { get; init; } = [];

    internal override Contents.ReportContent Content() => MaturityContent.Of(this);
}

public sealed record Contradiction(string Question, string Claimed, string Evidenced, bool Critical, string? Detail = null);

public sealed record NextAction(string Title, string? Owner, string? Effect, DateTimeOffset? DueAt = null);

/// <param name="Final">The level that counts.</param>
public sealed record MaturityDimension(string Name, bool Core, double? Claimed, double? Evidenced, double? Final, double? Target, double? EvidenceShare, string? Note = null);

/// <param name="Blocking">What keeps it from the next level.</param>
public sealed record CrossView(string Name, string Result, IReadOnlyList<string> Blocking, string? Note = null);

public sealed record RoleGap(string Role, double Needed, double Present, string? Note = null);

/// <param name="Cheapest">How likely each way is part of the cheapest portfolio, 0 to 1.</param>
public sealed record AdvisedCapability(string Name, string Recommended, IReadOnlyList<WayShare> Cheapest, string? Why = null);

public sealed record WayShare(string Way, double Share);

/// <param name="Recommended">The one that is advised.</param>
public sealed record AdvisedPortfolio(string Name, bool Recommended, bool Feasible, double? Mean, double? P10, double? P50, double? P90, double? CheapestProbability, double? ExpectedRegret, string? Note = null);

/// <param name="Switches">The value at which the recommendation changes; null where none within reason does.</param>
public sealed record SwitchingValue(string Input, double? Now, double? Switches, string? To, string? Unit = null);

public sealed record InformationValue(string Input, double? Worth, string? Advice = null);

public sealed record MethodNote(string What, string Value);
