namespace MLOpsGovernance.Domain.Observations;

/// <summary>Somebody looked at what really runs.</summary>
/// <param name="Digest">SHA-256 of the canonical JSON of the whole list, which is kept beside the events under it.</param>
/// <param name="Count">How many items the list has.</param>
/// <param name="Items">The list itself while it is short, else empty.</param>
public sealed record EnvironmentObserved(DateTimeOffset ObservedAt, string? Source, string Digest, int Count, IReadOnlyList<ObservedItem> Items, string By, DateTimeOffset At)
{
    /// <summary>A longer list would make the event too large to be a leaf of the log.</summary>
    public const int MostItems = 100;
}

/// <param name="OpenedBy">Who reported the observation, and the owner of the credential used.</param>
public sealed record EnvironmentFindingOpened(string Id, Sealed? Title, string Severity, string Cause, IReadOnlyList<string> OpenedBy, string By, DateTimeOffset At);

public sealed record EnvironmentFindingClosed(string Id, Sealed? Reason, string By, DateTimeOffset At);

/// <summary>What a finding is about was no longer seen. The finding stays open: people close it.</summary>
public sealed record DiscrepancyVanished(string Finding, DateTimeOffset ObservedAt, string By, DateTimeOffset At);

/// <summary>It was seen again while its finding was still open.</summary>
public sealed record DiscrepancyReturned(string Finding, DateTimeOffset ObservedAt, string By, DateTimeOffset At);
