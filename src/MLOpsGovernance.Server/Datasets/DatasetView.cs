using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Datasets;

internal sealed record DatasetView(
    string Name, string Team, string? Description, DateTimeOffset RegisteredAt, IReadOnlyList<DatasetVersion> Versions, DataClassView Classification, WithdrawalView? Withdrawn) : ITagged
{
    public static async Task<Result<DatasetView>> AnswerAsync(Snapshot<Dataset> read, SealingKeys sealing, CancellationToken cancellationToken) =>
        new(await OfAsync(read.State, sealing, cancellationToken), Edition: read.Edition);

    public static async Task<DatasetView> OfAsync(Dataset dataset, SealingKeys sealing, CancellationToken cancellationToken) => new(
        dataset.Name!, dataset.Team, await sealing.OpenAsync(dataset.Description, cancellationToken), dataset.RegisteredAt, [.. dataset.Versions.Values],
        new(dataset.Confirmed is not null ? "confirmed" : dataset.Proposed is not null ? "proposed" : "none", dataset.Judged, dataset.Confirmed, dataset.Proposed),
        dataset.Withdrawn is { } w ? new(w.By, w.At, await sealing.OpenAsync(w.Reason, cancellationToken)) : null);
}

/// <param name="State"><c>none</c>, <c>proposed</c> or <c>confirmed</c>.</param>
/// <param name="Judged">What the gate judges by: the confirmed class, or the highest.</param>
internal sealed record DataClassView(string State, DataClass Judged, DataClass? Confirmed, DataClass? Proposed);

internal sealed record WithdrawalView(string By, DateTimeOffset At, string? Reason);
