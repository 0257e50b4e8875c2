using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Validations;

/// <param name="State"><c>live</c>, <c>superseded</c>, <c>conflicted</c> or <c>expired</c>.</param>
/// <param name="Why">Why it no longer stands; empty for a live one.</param>
/// <param name="Conditions">Ids of the conditions that it imposed.</param>
internal sealed record ValidationView(
    string Id, string? Scope, string Conclusion, string? Limitations, IReadOnlyList<string> Evidence, string Validator, DateTimeOffset At, DateTimeOffset? ValidUntil, string ArtifactDigest,
    string State, IReadOnlyList<MaterialChange> Why, IReadOnlyList<string> Conditions);

/// <param name="Source"><c>approval</c> or <c>validation</c>.</param>
/// <param name="State"><c>open</c>, <c>reported</c> (by its owner), <c>met</c>, or <c>lapsed</c> with what imposed it.</param>
internal sealed record ConditionView(
    string Id, string? Title, string Owner, DateTimeOffset Due, string Source, string SourceId, string State, bool Overdue, FulfilmentView? Fulfilment, ConfirmationView? Confirmation);

internal sealed record FulfilmentView(IReadOnlyList<string> Evidence, string? Reason, string By, DateTimeOffset At);

internal sealed record ConfirmationView(string? Reason, string By, DateTimeOffset At);

/// <param name="DueAt">Left out while the version was neither validated nor deployed.</param>
/// <param name="Basis">What it is reckoned from: <c>validation</c>, <c>deployment</c> or <c>none</c>.</param>
/// <param name="Months">How long after that, by tier and materiality.</param>
internal sealed record RevalidationView(DateTimeOffset? DueAt, bool Overdue, string Basis, int Months);

/// <summary>Validations, conditions and the next validation of a version, as people and programs see them now.</summary>
internal sealed class ValidationViews(SealingKeys sealing, RevalidationTerms terms)
{
    public async Task<IReadOnlyList<ValidationView>> OfAsync(ModelVersion version, Material material, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<ValidationView> views = [];
        foreach (var v in version.Validations)
        {
            var standing = ValidationStanding.Of(v, version, material, at);
            views.Add(new(
                v.Id, await sealing.OpenAsync(v.Scope, cancellationToken), v.Conclusion, await sealing.OpenAsync(v.Limitations, cancellationToken), v.Evidence, v.By, v.At, v.ValidUntil,
                v.Material.ArtifactDigest, standing.State, standing.Why, IdsOf(version, Condition.OfValidation, v.Id)));
        }

        return views;
    }

    public async Task<IReadOnlyList<ConditionView>> ConditionsAsync(ModelVersion version, Material material, DateTimeOffset at, CancellationToken cancellationToken)
    {
        List<ConditionView> views = [];
        foreach (var c in version.Conditions)
        {
            views.Add(new(
                c.Id, await sealing.OpenAsync(c.Title, cancellationToken), c.Owner, c.Due, c.Source, c.SourceId, c.StateIn(version, material), c.IsOverdue(version, material, at),
                c.Fulfilment is { } f ? new(f.Evidence, await sealing.OpenAsync(f.Reason, cancellationToken), f.Parties[0], f.At) : null,
                c.Agreed is { } a ? new(await sealing.OpenAsync(a.Reason, cancellationToken), a.By, a.At) : null));
        }

        return views;
    }

    public RevalidationView Revalidation(Model model, ModelVersion version, Material material, DateTimeOffset at)
    {
        var next = Domain.Validations.Revalidation.Of(model, version, material, terms);
        return new(next.DueAt, next.IsOverdue(at), next.Basis, next.Months);
    }

    public static IReadOnlyList<string> IdsOf(ModelVersion version, string source, string id) => [.. version.Conditions.Where(c => c.Source == source && c.SourceId == id).Select(c => c.Id)];
}
