using MLOpsGovernance.Reports.Charts;

namespace MLOpsGovernance.Reports.Recalls;

/// <summary>A dataset that must not be used any more: how far it reached, and what was done about it.</summary>
public sealed record RecallReport : Report
{
    public override string Kind => "recall";

    public required string Dataset { get; init; }

    /// <summary>Versions concerned; empty for all.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    public required string Reason { get; init; }

    public required string DeclaredBy { get; init; }

    public required DateTimeOffset DeclaredAt { get; init; }

    /// <summary>When the harm began, where that is known.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    public DateTimeOffset? ContainedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public IReadOnlyList<ReachedDataset> Datasets { get; init; } = [];

    public IReadOnlyList<ReachedModel> Models { get; init; } = [];

    public IReadOnlyList<ReachedDeployment> Deployments { get; init; } = [];

    public IReadOnlyList<LineageNode> LineageNodes { get; init; } = [];

    public IReadOnlyList<LineageEdge> LineageEdges { get; init; } = [];

    public IReadOnlyList<RecallAction> Actions { get; init; } = [];

    public IReadOnlyList<RecallMoment> Moments { get; init; } = [];

    internal override Contents.ReportContent Content() => RecallContent.Of(this);
}

/// <param name="Path">How the recalled data came in: the datasets in between.</param>
public sealed record ReachedDataset(string Name, string Version, int Distance, IReadOnlyList<string>? Path = null);

public sealed record ReachedModel(string Model, int Version, string Team, string State, int Distance, string? Owner = null);

/// <param name="Live">Still in use at the report's time.</param>
public sealed record ReachedDeployment(string Model, int Version, string Environment, bool Live, DateTimeOffset Since, DateTimeOffset? Until = null, string? What = null);

public sealed record RecallAction(string What, string? Owner, DateTimeOffset? DueAt, DateTimeOffset? DoneAt, string? Note = null);

public sealed record RecallMoment(DateTimeOffset At, string What, string? By = null);
