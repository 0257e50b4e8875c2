using MLOpsGovernance.Reports.Charts;

namespace MLOpsGovernance.Reports.AuditPeriods;

/// <summary>What happened in a period, and how anybody can know that this is all of it.</summary>
public sealed record AuditPeriodReport : Report
{
    public override string Kind => "audit-period";

    public required ReportPeriod Period { get; init; }

    /// <summary>What the report is limited to, in words; null for everything.</summary>
    public string? Scope { get; init; }

    public IReadOnlyList<AuditEvent> Events { get; init; } = [];

    public IReadOnlyList<TimePoint> EventsByDay { get; init; } = [];

    public IReadOnlyList<AuditApproval> Approvals { get; init; } = [];

    public IReadOnlyList<ExceptionalAct> Exceptions { get; init; } = [];

    public IReadOnlyList<DutyCheck> Duties { get; init; } = [];

    public IReadOnlyList<IntegrityCheck> Integrity { get; init; } = [];

    internal override Contents.ReportContent Content() => AuditPeriodContent.Of(this);
}

public sealed record AuditEvent(long Sequence, DateTimeOffset At, string Type, string Stream, string Actor, string? Summary = null);

public sealed record AuditApproval(DateTimeOffset At, string Model, int Version, string Role, string By, string Outcome, IReadOnlyList<string>? Authors = null);

/// <param name="Kind">waiver, break-glass, refused attempt, override.</param>
public sealed record ExceptionalAct(string Kind, DateTimeOffset At, string Subject, string By, string? ApprovedBy, string Reason, DateTimeOffset? Until = null, string? Outcome = null);

/// <summary>One rule about who may not do what, and how it held.</summary>
/// <param name="Tried">How often somebody tried what it forbids. Each was refused and recorded.</param>
/// <param name="Broken">How often it did not hold; anything but 0 is bad.</param>
public sealed record DutyCheck(string Rule, long Checked, long Tried, long Broken, string? Note = null);

/// <param name="Check">What was compared: consistency of two checkpoints, the root recomputed from the events, a witness's signature.</param>
public sealed record IntegrityCheck(string Check, string Result, Tone Tone, DateTimeOffset? At = null, string? Detail = null);
