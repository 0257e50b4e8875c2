namespace MLOpsGovernance.Domain.Deployments;

/// <param name="ArtifactDigest">The version's artifact; in early events, of a decision for the image, the image.</param>
/// <param name="Replaces">What was in its place before.</param>
/// <param name="Stage">Null is <see cref="DeploymentStage.Full"/>.</param>
/// <param name="Ended">The version's own stages there, which end with its full deployment.</param>
public sealed record ModelDeployed(
    string Id, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string Action, string? Replaces, string By, DateTimeOffset At,
    string? Stage = null, IReadOnlyList<string>? Ended = null);

/// <param name="ArtifactDigest">As in <see cref="ModelDeployed"/>.</param>
public sealed record ModelRolledBack(
    string Id, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string? Replaces, string By, DateTimeOffset At,
    IReadOnlyList<string>? Ended = null);

/// <summary>Somebody said how a deployment went.</summary>
/// <param name="Ended">Whether a shadow or canary ended with it.</param>
public sealed record DeploymentConcluded(
    string Id, int Version, string Environment, string Stage, string Outcome, Sealed? Reason, IReadOnlyList<string> Evidence, bool Ended, string By, DateTimeOffset At);

public sealed record BreakGlassRequested(
    string Id, int Version, string Environment, string ArtifactDigest, Sealed? Reason, int Minutes, IReadOnlyList<string> RequestedBy, string By, DateTimeOffset At,
    string? ImageDigest = null);

/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record BreakGlassApproved(string Id, Sealed? Reason, DateTimeOffset Until, string By, DateTimeOffset At, string? Owner = null);
