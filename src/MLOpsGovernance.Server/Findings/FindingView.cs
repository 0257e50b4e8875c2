using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Findings;

/// <param name="Cause">What opened it.</param>
/// <param name="VanishedAt">The observation in which the discrepancy was no longer seen.</param>
/// <param name="Owner">Who has to remedy it; left out while it is nobody's.</param>
/// <param name="AgeDays">Whole days from its opening until it was closed, or until now.</param>
/// <param name="Evidence">Digests of what shows that it is remedied.</param>
/// <param name="Reopenings">When its remedy turned out not to hold.</param>
internal sealed record FindingView(
    string Id, string? Title, string Severity, int? Version, bool Open, string OpenedBy, DateTimeOffset OpenedAt, string? ClosedBy, string? ClosingReason, DateTimeOffset? ClosedAt,
    string Cause, DateTimeOffset? VanishedAt, string? Owner, DateTimeOffset DueAt, bool Overdue, int AgeDays, string? Plan, IReadOnlyList<string> Evidence, IReadOnlyList<ReopeningView> Reopenings)
{
    public static async Task<FindingView> OfAsync(Finding f, SealingKeys sealing, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<ReopeningView> reopenings = [];
        foreach (var again in f.Reopenings) reopenings.Add(new(await sealing.OpenAsync(again.Reason, cancellationToken), again.By, again.At));
        return new(
            f.Id, await sealing.OpenAsync(f.Title, cancellationToken), f.Severity, f.Version, f.IsOpen, f.By, f.At, f.ClosedBy, await sealing.OpenAsync(f.Closing, cancellationToken), f.ClosedAt,
            f.Cause, f.VanishedAt, f.Owner, f.Due, f.IsOpen && f.Due <= at, (int)((f.ClosedAt ?? at) - f.At).TotalDays, await sealing.OpenAsync(f.Plan, cancellationToken), f.Evidence, reopenings);
    }
}

internal sealed record ReopeningView(string? Reason, string By, DateTimeOffset At);
