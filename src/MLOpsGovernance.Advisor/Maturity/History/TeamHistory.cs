namespace MLOpsGovernance.Advisor.Maturity.History;

/// <summary>What was recorded of a team: nothing but what bears on a question.</summary>
/// <param name="From">The window begins.</param>
/// <param name="At">And ends.</param>
/// <param name="Functions">What each member of the team does.</param>
/// <param name="LiveHours">How recently a live model must have been looked at to be watched.</param>
public sealed record TeamHistory(
    DateTimeOffset From, DateTimeOffset At, IReadOnlyList<HistoricModel> Models, IReadOnlyList<HistoricDataset> Datasets, IReadOnlyDictionary<string, IReadOnlyList<string>> Functions, double LiveHours = TeamHistory.UsualLiveHours)
{
    public const double UsualLiveHours = 24;

    /// <summary>An alert should have found its owner by then (own).</summary>
    public static readonly TimeSpan Acknowledgement = TimeSpan.FromHours(4);
}

/// <param name="CardAt">When its card was written last.</param>
/// <param name="OutOfBand">When something of it was seen to run that nothing let in.</param>
public sealed record HistoricModel(
    string Name, bool RiskConfirmed, DateTimeOffset? CardAt, IReadOnlyList<HistoricVersion> Versions, IReadOnlyList<HistoricDeployment> Deployments, IReadOnlyList<HistoricAction> Actions,
    IReadOnlyList<HistoricAlert> Alerts, IReadOnlyList<HistoricLook> Looks, IReadOnlyList<DateTimeOffset> OutOfBand);

/// <param name="ByMachine">Whether a service registered it.</param>
/// <param name="Datasets">As <c>name@version</c>.</param>
/// <param name="Trigger">What started its run.</param>
/// <param name="Fit">Whether it was neither recalled nor retired.</param>
public sealed record HistoricVersion(
    int Number, DateTimeOffset At, bool ByMachine, IReadOnlyList<string> Authors, IReadOnlyList<string> Datasets, string? Commit, bool Run, bool Metrics, bool Environment, bool Image, string? Trigger, bool Fit,
    IReadOnlyList<HistoricDocument> Documents, IReadOnlyList<HistoricReview> Reviews);

/// <param name="Kind">As in the catalogue of evidence.</param>
public sealed record HistoricDocument(string Kind, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, bool ByMachine);

/// <param name="Kind"><c>approved</c>, <c>rejected</c> or <c>validated</c>.</param>
public sealed record HistoricReview(string Id, string Kind, string By, DateTimeOffset At);

/// <param name="Gated">Whether it went to where a gate stands.</param>
/// <param name="Stage"><c>full</c>, <c>canary</c> or <c>shadow</c>.</param>
/// <param name="Replaced">The version whose place it took; null where there was none.</param>
/// <param name="Failed">Null while nobody said how it went.</param>
/// <param name="BrokenGlass">Whether it was let in although rules failed.</param>
public sealed record HistoricDeployment(
    string Id, int Version, DateTimeOffset At, DateTimeOffset? EndedAt, bool Gated, string Stage, bool Rollback, bool ByMachine, int? Replaced, bool? Failed, bool BrokenGlass);

/// <summary>Something that was to be done by a date.</summary>
public sealed record HistoricAction(string Id, DateTimeOffset Due, DateTimeOffset? DoneAt);

public sealed record HistoricAlert(string Id, DateTimeOffset At, DateTimeOffset? AcknowledgedAt, bool Owned);

/// <summary>Somebody looked at a version in use.</summary>
public sealed record HistoricLook(int Version, DateTimeOffset At, IReadOnlyList<string> Watched, bool OnLabels);

/// <param name="Checked">Its versions on which assertions were checked.</param>
public sealed record HistoricDataset(string Name, bool Classified, IReadOnlyList<string> Checked);
