using MLOpsGovernance.Reports.Charts;

namespace MLOpsGovernance.Reports.Compliance;

/// <summary>Everything that says whether one model may be in use: for whoever answers for it, and for whoever checks that.</summary>
public sealed record ModelComplianceReport : Report
{
    public override string Kind => "model-compliance";

    public required string Model { get; init; }

    /// <summary>A name for people, where it has one.</summary>
    public string? DisplayName { get; init; }

    public required string Team { get; init; }

    public string? Owner { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Where it stands, as a word: registered, in review, live, suspended, retired.</summary>
    public required string State { get; init; }

    public DateTimeOffset? RegisteredAt { get; init; }

    public required ModelRisk Risk { get; init; }

    public IReadOnlyList<ReportedVersion> Versions { get; init; } = [];

    public IReadOnlyList<ReportedDataset> Datasets { get; init; } = [];

    public IReadOnlyList<LineageNode> LineageNodes { get; init; } = [];

    public IReadOnlyList<LineageEdge> LineageEdges { get; init; } = [];

    public IReadOnlyList<ReportedApproval> Approvals { get; init; } = [];

    public IReadOnlyList<ReportedDecision> Decisions { get; init; } = [];

    public IReadOnlyList<ReportedDeployment> Deployments { get; init; } = [];

    public IReadOnlyList<ReportedWaiver> Waivers { get; init; } = [];

    public IReadOnlyList<ReportedFinding> Findings { get; init; } = [];

    public IReadOnlyList<ReportedMeasure> Monitoring { get; init; } = [];

    /// <summary>What was measured over time: one chart, with a line for each.</summary>
    public IReadOnlyList<TimeSeries> Measured { get; init; } = [];

    public IReadOnlyList<FrameworkControls> Frameworks { get; init; } = [];

    internal override Contents.ReportContent Content() => ModelComplianceContent.Of(this);
}

/// <param name="EuAiAct">minimal, limited, high or prohibited.</param>
/// <param name="Tier">1 is the highest; null until one is set.</param>
/// <param name="Confirmed">By somebody outside the team. Until then it counts as the highest.</param>
public sealed record ModelRisk(string? EuAiAct, int? Tier, bool Confirmed, IReadOnlyList<string> Reasons, string? Role = null, string? ProposedBy = null, string? ConfirmedBy = null, DateTimeOffset? At = null);

/// <param name="LiveIn">Environments where it is deployed now.</param>
/// <param name="Metrics">As reported at training.</param>
public sealed record ReportedVersion(
    int Number, string ArtifactDigest, string ReviewState, IReadOnlyList<string> LiveIn, DateTimeOffset? RegisteredAt = null, string? Framework = null, string? Commit = null,
    IReadOnlyList<string>? Authors = null, IReadOnlyList<ReportedMetric>? Metrics = null);

public sealed record ReportedMetric(string Name, double Value);

public sealed record ReportedDataset(
    string Name, string Version, string? Sensitivity, bool? PersonalData, IReadOnlyList<string> Purposes, string? LegalBasis = null, string? Digest = null, bool Withdrawn = false, IReadOnlyList<int>? TrainedVersions = null);

/// <param name="State">in force, expired, revoked, superseded or rejected.</param>
public sealed record ReportedApproval(string Id, int Version, string Role, string By, string Outcome, string State, DateTimeOffset At, DateTimeOffset? ValidUntil = null, string? Reason = null);

/// <param name="Outcome">allow, warn, deny or error.</param>
/// <param name="Failed">Rules that did not pass: policy/rule.</param>
public sealed record ReportedDecision(string Id, int Version, string Environment, string Action, string Outcome, DateTimeOffset At, IReadOnlyList<string> Failed, string? PolicySet = null, string? Code = null);

public sealed record ReportedDeployment(int Version, string Environment, DateTimeOffset At, string By, string DecisionId, DateTimeOffset? Until = null, string? EndedBy = null);

/// <param name="State">requested, in force, expired, ended or refused.</param>
public sealed record ReportedWaiver(string Id, string Rule, string Reason, string RequestedBy, string? ApprovedBy, string State, DateTimeOffset? ValidUntil = null, int? Version = null);

/// <param name="Severity">low, medium, high or critical.</param>
public sealed record ReportedFinding(string Id, string Title, string Severity, string State, string? Owner, DateTimeOffset OpenedAt, DateTimeOffset? DueAt = null, DateTimeOffset? ClosedAt = null);

/// <param name="Tone">How it stands against its limit.</param>
public sealed record ReportedMeasure(string Name, double? Value, string? Limit, string State, Tone Tone, DateTimeOffset? At = null, string? Environment = null);

public sealed record FrameworkControls(string Framework, IReadOnlyList<ReportedControl> Controls);

/// <param name="State">effective, ineffective, not tested, not applicable.</param>
/// <param name="Evidence">What bears it out: a decision, an approval, a report by its digest.</param>
public sealed record ReportedControl(string Id, string Title, string State, Tone Tone, string? Evidence = null, string? EvidenceUrl = null);
