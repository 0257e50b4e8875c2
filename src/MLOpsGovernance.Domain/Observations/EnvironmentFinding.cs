namespace MLOpsGovernance.Domain.Observations;

/// <summary>The last look at what really runs in an environment.</summary>
/// <param name="Digest">Of the list; its content is kept beside the events.</param>
public sealed record Observation(DateTimeOffset ObservedAt, string? Source, string Digest, int Count);

/// <summary>A finding that belongs to no model: something runs that nobody registered.</summary>
/// <param name="OpenedBy">Who reported it, and the owner of the credential used.</param>
/// <param name="VanishedAt">The observation in which it was no longer seen; null while it is.</param>
public sealed record EnvironmentFinding(
    string Id, Sealed? Title, string Severity, string Cause, IReadOnlyList<string> OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset? VanishedAt = null,
    string? ClosedBy = null, Sealed? Closing = null, DateTimeOffset? ClosedAt = null)
{
    public bool IsOpen => ClosedAt is null;
}
