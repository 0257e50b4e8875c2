namespace MLOpsGovernance.Domain.Deployments;

/// <param name="ArtifactDigest">The version's artifact; in early events, of a decision for the image, the image.</param>
public sealed record ModelDeployed(
    string Id, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string Action, string? Replaces, string By, DateTimeOffset At);

/// <param name="ArtifactDigest">As in <see cref="ModelDeployed"/>.</param>
public sealed record ModelRolledBack(
    string Id, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string? Replaces, string By, DateTimeOffset At);

public sealed record BreakGlassRequested(
    string Id, int Version, string Environment, string ArtifactDigest, Sealed? Reason, int Minutes, IReadOnlyList<string> RequestedBy, string By, DateTimeOffset At,
    string? ImageDigest = null);

/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record BreakGlassApproved(string Id, Sealed? Reason, DateTimeOffset Until, string By, DateTimeOffset At, string? Owner = null);
