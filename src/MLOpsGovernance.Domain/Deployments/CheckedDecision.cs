namespace MLOpsGovernance.Domain.Deployments;

/// <summary>A policy check's decision, as far as a deployment depends on it.</summary>
/// <param name="Stage">What it allows; a canary's decision opens nothing to all of the traffic.</param>
/// <param name="ValidUntil">From when on it allows nothing any more.</param>
public sealed record CheckedDecision(
    string Id, string Model, int Version, string Environment, string Action, string ArtifactDigest, string? ImageDigest, bool Allowed, string Outcome, bool DryRun,
    DateTimeOffset At, DateTimeOffset ValidUntil, string Stage = DeploymentStage.Full);

/// <summary>What came after a decision and took away what it rested on.</summary>
/// <param name="Code">For example <c>dataset-withdrawn</c>.</param>
/// <param name="Event">The event that did it, where one can be named: <c>{stream}/{version} {type}</c>.</param>
public sealed record Overtaking(string Code, string Why, OvertakingEvent? Event);

public sealed record OvertakingEvent(string Stream, long Version, string Type, string Id, DateTimeOffset At);
