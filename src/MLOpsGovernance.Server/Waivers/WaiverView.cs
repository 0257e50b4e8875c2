using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Waivers;

/// <param name="State"><c>requested</c>, <c>approved</c>, <c>rejected</c>, <c>withdrawn</c>, <c>revoked</c>, <c>expired</c> or <c>lapsed</c> (nobody decided in time).</param>
/// <param name="Version">Left out for every version of the model; else it is for <paramref name="Digests"/> only.</param>
/// <param name="PolicyVersions">The versions of the policy it is meant for.</param>
/// <param name="ApproverRoles">The roles that the policy named when it was asked for.</param>
/// <param name="Renews">The waiver of the same scope that it goes on from.</param>
/// <param name="Applies">Whether the gate would heed it now, where it is meant to.</param>
/// <param name="WhyNot">Why it would not.</param>
internal sealed record WaiverView(
    string Id, string State, string Model, string Team, int? Version, IReadOnlyList<string>? Digests, string Environment, string Policy, string PolicyVersions, string Rule, DateTimeOffset ExpiresAt,
    string? Reason, string? CompensatingControl, string? Ticket, string? Renews, IReadOnlyList<string> ApproverRoles, string RequestedBy, DateTimeOffset RequestedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    string? ApprovalReason, string? EndedBy, DateTimeOffset? EndedAt, string? EndingReason, bool Applies, string? WhyNot) : ITagged;

/// <summary>Waivers as people and programs see them.</summary>
internal sealed class WaiverViews(Grains grains, WaivableRules rules, SealingKeys sealing, TimeProvider time)
{
    public static Refusal Unknown { get; } = new("waiver-unknown", "There is no such waiver.", RefusalKind.NotFound);

    public async Task<Result<WaiverView>> ReadAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out _) && await grains.Of<IWaiverGrain>(id).Read() is { State.Exists: true } read
            ? new Result<WaiverView>(await OfAsync(read.State, time.GetUtcNow(), cancellationToken), Edition: read.Edition)
            : Unknown;

    public async Task<WaiverView> OfAsync(Waiver w, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var refusal = await rules.RefusalAsync(w, at);
        return new(
            w.Id!, w.StateAt(at), w.Model, w.Team, w.Version, w.Digests, w.Environment, w.Policy, w.PolicyVersions, w.Rule, w.ExpiresAt, await OpenAsync(w.Reason), await OpenAsync(w.CompensatingControl),
            w.Ticket, w.Renews, w.ApproverRoles, w.RequestedBy[0], w.RequestedAt, w.Approval?.By, w.Approval?.At, await OpenAsync(w.Approval?.Reason), w.Ending?.By, w.Ending?.At, await OpenAsync(w.Ending?.Reason),
            refusal is null, refusal);

        Task<string?> OpenAsync(Sealed? text) => sealing.OpenAsync(text, cancellationToken);
    }
}
