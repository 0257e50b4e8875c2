namespace MLOpsGovernance.Domain.Recalls;

/// <summary>Somebody asked what a recall would reach; nothing has happened yet. A drill ends with it.</summary>
/// <param name="Version">Null is every version of the dataset.</param>
/// <param name="Impact">SHA-256 of the canonical JSON of what it reaches.</param>
/// <param name="TookMilliseconds">From the request until all of it was worked out.</param>
public sealed record RecallPrepared(string Id, string Dataset, string? Version, Sealed? Reason, bool Drill, string Impact, RecallReach Reach, long TookMilliseconds, string By, DateTimeOffset At);

/// <summary>The data is withdrawn, and every version that rests on it has a finding. Whatever was allowed for these versions before is to be held as recalled.</summary>
/// <param name="Versions">The first <see cref="MostVersions"/>; all of them are in what <paramref name="Impact"/> is the digest of.</param>
public sealed record RecallConfirmed(string Dataset, string? Version, IReadOnlyList<RecalledVersion> Versions, string Impact, RecallReach Reach, long TookMilliseconds, string By, DateTimeOffset At)
{
    /// <summary>More would make the event too large to be a leaf of the log.</summary>
    public const int MostVersions = 200;
}
