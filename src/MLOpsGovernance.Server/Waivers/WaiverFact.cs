using System.Text.Json;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Evidence;

namespace MLOpsGovernance.Server.Waivers;

/// <summary>A waiver that was approved and not revoked, as the gate knows it. Whether it applies is asked for each rule, with <c>now</c>, by the policy library alone.</summary>
/// <param name="PolicyVersions">The versions of the policy it is meant for.</param>
/// <param name="Version">Absent for every version of the model; else it is for <paramref name="Digests"/> only.</param>
/// <param name="ApproverRoles">What the approver held when approving.</param>
/// <param name="HasControl">Whether a compensating control is named; what it says is no fact.</param>
internal sealed record WaiverFact(
    string Id, string Policy, string PolicyVersions, string Rule, string Model, string Environment, int? Version, IReadOnlyList<string> Digests, bool HasControl, string RequestedBy, string ApprovedBy,
    IReadOnlyList<string> ApproverRoles, DateTimeOffset ApprovedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Null where it gives no leave at any time.</summary>
    public static WaiverFact? Of(Waiver waiver) => waiver is { Exists: true, IsEnded: false, Approval: { } approval }
        ? new(
            waiver.Id!, waiver.Policy, waiver.PolicyVersions, waiver.Rule, waiver.Model, waiver.Environment, waiver.Version, waiver.Digests ?? [], waiver.CompensatingControl is not null, waiver.RequestedBy[0],
            approval.By, approval.Roles, approval.At, waiver.ExpiresAt)
        : null;

    /// <summary>The same in the words of the policy language. Its digest is that of the fact, so that a decision names exactly what it rested on.</summary>
    public Policy.Waivers.Waiver InPolicy() => new(
        Id, Digest.Sha256(CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(this, Json.Lenient))), Policy, PolicyVersions, [Rule], new(Model, [Environment], Version is null ? null : Digests, Version),
        "on record", Id, HasControl ? ["on record"] : [], RequestedBy, ApprovedBy, ApproverRoles, ApprovedAt, ExpiresAt);
}
