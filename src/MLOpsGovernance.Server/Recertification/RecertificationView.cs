using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Recertification;

/// <summary>When a model's team last confirmed what is on record, and until when it has to again. A retired model is never overdue.</summary>
/// <param name="At">Left out while it never did.</param>
/// <param name="StillInUse">What the team said then.</param>
internal sealed record RecertificationView(DateTimeOffset DueAt, bool Overdue, DateTimeOffset? At, string? By, bool? StillInUse, string? Reason)
{
    public static async Task<RecertificationView> OfAsync(Model model, RecertificationTerms terms, SealingKeys sealing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (due, last) = (terms.DueAt(model.RegisteredAt, model.Recertified), model.Recertified);
        return new(due, !model.Retired && due <= now, last?.At, last?.By, last?.StillInUse, await sealing.OpenAsync(last?.Reason, cancellationToken));
    }
}
