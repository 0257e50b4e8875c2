using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Evidence;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.Recertification;
using MLOpsGovernance.Server.Validations;

namespace MLOpsGovernance.Server.Models;

internal sealed record ModelView(
    string Name, string Team, string? Purpose, IReadOnlyList<string> Purposes, DateTimeOffset RegisteredAt, RiskView Risk, string? Card,
    IReadOnlyList<VersionView> Versions, IReadOnlyDictionary<string, int> Aliases, IReadOnlyList<FindingView> Findings, IReadOnlyList<IncidentView> Incidents,
    IReadOnlyList<DeploymentView> Deployments, IReadOnlyList<BreakGlassView> BreakGlass, SuspensionView? Suspended, bool Retired, string Origin, bool Generative,
    RecertificationView Recertification) : ITagged;

/// <param name="State"><c>none</c>, <c>proposed</c> or <c>confirmed</c>.</param>
/// <param name="Judged">What every rule judges by.</param>
/// <param name="ProposedBy">Who proposed what is not confirmed yet.</param>
internal sealed record RiskView(string State, JudgedRiskView Judged, RiskClassView? Confirmed, RiskClassView? Proposed, string? ProposedBy);

internal sealed record JudgedRiskView(string EuAiAct, int Tier);

internal sealed record RiskClassView(string EuAiAct, int Tier, string? Role, RiskBasis? Basis, Materiality? Materiality, string? Reason, string? AccountableExecutive);

/// <param name="Descriptor">What stands for the artifact where there is no file.</param>
/// <param name="Pinned">False where the supplier may change what runs without the digest changing.</param>
/// <param name="Review"><c>notRequested</c>, <c>open</c>, <c>rejected</c> or <c>closed</c>.</param>
internal sealed record VersionView(
    string Model, int Version, string ArtifactDigest, string? ImageDigest, string? Framework, string? EnvironmentDigest, string? Commit, string? Run,
    IReadOnlyList<DatasetReference> Datasets, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<string> Authors, IReadOnlyList<string> HumanAuthors,
    string RegisteredBy, DateTimeOffset RegisteredAt, string Review, IReadOnlyList<ApprovalView> Approvals, SuspensionView? Suspended, bool Recalled, bool Retired, int? SupersededBy,
    ModelDescriptor? Descriptor, bool Pinned, IReadOnlyList<ValidationView> Validations, IReadOnlyList<ConditionView> Conditions, RevalidationView Revalidation,
    IReadOnlyList<EvidenceView> Evidence, string? RunTrigger, string? RunEnvironment, MonitoringStateView Monitoring) : ITagged;

/// <param name="State"><c>live</c>, <c>revoked</c>, <c>superseded</c>, <c>expired</c> or <c>conflicted</c>.</param>
/// <param name="Why">Why it no longer stands; empty for a live one.</param>
/// <param name="Validation">The validation that it rests on, where it names one.</param>
/// <param name="Conditions">Ids of the conditions that it imposed.</param>
internal sealed record ApprovalView(
    string Id, string Role, string By, string? Reason, DateTimeOffset At, DateTimeOffset ValidUntil, string ArtifactDigest, string? ImageDigest, string State, IReadOnlyList<MaterialChange> Why,
    string? Validation, IReadOnlyList<string> Conditions);

/// <param name="State"><c>open</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
/// <param name="Cause">What opened it: <c>reported</c>, or <c>monitoring:</c> and a version.</param>
internal sealed record IncidentView(
    string Id, string? Title, string Severity, int? Version, string? Environment, string ReportedBy, DateTimeOffset ReportedAt, string State, string Cause, string? Owner, DateTimeOffset? AcknowledgedAt,
    string? ResolvedBy, DateTimeOffset? ResolvedAt, string? Resolution);

/// <param name="LapsesAt">From when on nobody can agree to it any more.</param>
internal sealed record BreakGlassView(
    string Id, int Version, string Environment, string? Reason, int Minutes, string RequestedBy, DateTimeOffset RequestedAt, string? ApprovedBy, DateTimeOffset? Until,
    DateTimeOffset LapsesAt);

internal sealed record SuspensionView(string By, DateTimeOffset At, string? Reason);
