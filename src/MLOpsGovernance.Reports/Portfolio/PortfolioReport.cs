namespace MLOpsGovernance.Reports.Portfolio;

/// <summary>All models for those who decide about them. Its first page stands alone.</summary>
public sealed record PortfolioReport : Report
{
    public override string Kind => "portfolio";

    public required ReportPeriod Period { get; init; }

    /// <summary>When the last one like this was issued; null where this is the first.</summary>
    public DateTimeOffset? PreviousAsOf { get; init; }

    /// <summary>What is asked of the readers, the most pressing first.</summary>
    public IReadOnlyList<AskedDecision> Decisions { get; init; } = [];

    public IReadOnlyList<RiskIndicator> Indicators { get; init; } = [];

    /// <summary>What changed since the last one, in sentences or numbers; empty where this is the first.</summary>
    public IReadOnlyList<PortfolioChange> Changes { get; init; } = [];

    public IReadOnlyList<PortfolioModel> Models { get; init; } = [];

    public IReadOnlyList<GateOutcomes> Gate { get; init; } = [];

    public IReadOnlyList<DatedItem> Overdue { get; init; } = [];

    public IReadOnlyList<DatedItem> Expiring { get; init; } = [];

    public IReadOnlyList<Exposure> Exposures { get; init; } = [];

    /// <summary>Risks against controls: how many models have the control not effective. Null for none.</summary>
    public RiskControlMap? RiskByControl { get; init; }

    internal override Contents.ReportContent Content() => PortfolioContent.Of(this);
}

/// <param name="Consequence">What follows if nobody decides by then.</param>
public sealed record AskedDecision(string Title, string Owner, DateTimeOffset? DueAt, string Consequence, string? Why = null, string? Url = null);

/// <param name="Appetite">The limit that was agreed, in words: at most 5 %.</param>
/// <param name="Word">How it stands, in a word: within appetite, near the limit, outside appetite, not known.</param>
/// <param name="Previous">In the last issued report.</param>
public sealed record RiskIndicator(string Name, double? Value, string Unit, string Appetite, string Word, Tone Tone, double? Previous = null);

public sealed record PortfolioChange(string What, double? Before, double? After, string? Note = null);

/// <param name="State">As a word: registered, in review, live, suspended, retired.</param>
public sealed record PortfolioModel(
    string Name, string Team, string? EuAiAct, int? Tier, string State, IReadOnlyList<string> LiveIn, int OpenFindings, string? LastOutcome = null, DateTimeOffset? NextReview = null, string? Owner = null);

/// <param name="Period">As the axis says it: 2026-10, week 43.</param>
public sealed record GateOutcomes(string Period, long Allow, long Warn, long Deny, long Error);

/// <param name="Kind">What it is: finding, review, approval, waiver.</param>
public sealed record DatedItem(string Kind, string Title, string? Model, string? Owner, DateTimeOffset At);

/// <param name="Class">Risk class of the models.</param>
/// <param name="Money">What is at stake, where an amount was recorded.</param>
public sealed record Exposure(string Class, string Environment, int Models, Money? Money = null);

/// <param name="Models">How many models have the control not effective: by risk, then by control; null where it does not apply.</param>
public sealed record RiskControlMap(IReadOnlyList<string> Risks, IReadOnlyList<string> Controls, IReadOnlyList<IReadOnlyList<double?>> Models, string Finding);
