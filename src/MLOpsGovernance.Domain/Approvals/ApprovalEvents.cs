using MLOpsGovernance.Domain.Validations;

namespace MLOpsGovernance.Domain.Approvals;

public sealed record ReviewRequested(int Version, Sealed? Note, IReadOnlyList<string> Requesters, string By, DateTimeOffset At);

/// <param name="Validation">The validation that it refers to.</param>
/// <param name="Conditions">What it is given on condition of; null or empty for none.</param>
public sealed record VersionApproved(
    int Version, string Approval, string Role, Sealed? Reason, Material Material, int Round, DateTimeOffset ValidUntil, string By, string? Owner, DateTimeOffset At,
    string? Validation = null, IReadOnlyList<ConditionDemand>? Conditions = null);

public sealed record VersionRejected(int Version, string Approval, string Role, Sealed? Reason, string ArtifactDigest, string By, DateTimeOffset At, string? Validation = null);

public sealed record ApprovalRevoked(int Version, string Approval, Sealed? Reason, string By, DateTimeOffset At);

/// <summary>Something material changed after the approval. Recorded for the history; the gate saw it at once.</summary>
/// <param name="Causes">Codes of <see cref="MaterialChange"/>.</param>
public sealed record ApprovalSuperseded(int Version, string Approval, IReadOnlyList<string> Causes, string By, DateTimeOffset At);
