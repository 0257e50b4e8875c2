using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Recalls;

[JsonDerivedType(typeof(PrepareRecall), "prepare-recall")]
[JsonDerivedType(typeof(ConfirmRecall), "confirm-recall")]
public abstract record RecallCommand;

/// <summary>All that it says was worked out by the caller.</summary>
public sealed record PrepareRecall(string Id, string Dataset, string? Version, Sealed? Reason, bool Drill, string Impact, RecallReach Reach, long TookMilliseconds) : RecallCommand;

/// <summary>Comes last, when the data is withdrawn and the findings are open.</summary>
public sealed record ConfirmRecall(IReadOnlyList<RecalledVersion> Versions, string Impact, RecallReach Reach, long TookMilliseconds) : RecallCommand;
