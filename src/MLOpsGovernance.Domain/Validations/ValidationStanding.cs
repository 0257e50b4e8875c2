using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>Whether a validation still says something about the version as it is: it falls over the same changes as an approval does.</summary>
/// <param name="State"><c>live</c>, <c>superseded</c>, <c>conflicted</c> or <c>expired</c>.</param>
/// <param name="Why">Empty for a live validation.</param>
public sealed record ValidationStanding(string State, IReadOnlyList<MaterialChange> Why)
{
    public bool IsLive => State == ApprovalStanding.Live;

    /// <summary>The standing, leaving time aside: expiry is a matter of the clock of whoever asks.</summary>
    public static ValidationStanding Of(Validation validation, ModelVersion version, Material now)
    {
        if (now.Since(validation.Material) is { Count: > 0 } changes) return new(ApprovalStanding.Superseded, changes);
        if (validation.Superseded.Count > 0)
            return new(ApprovalStanding.Superseded, [.. validation.Superseded.Select(code => new MaterialChange(code, "something material changed after the validation"))]);
        return validation.Parties.FirstOrDefault(version.Requesters.Contains) is { } requester
            ? new(ApprovalStanding.Conflicted, [new("validator-requested-review", $"{requester} asked for the review")])
            : new(ApprovalStanding.Live, []);
    }

    public static ValidationStanding Of(Validation validation, ModelVersion version, Material now, DateTimeOffset at) =>
        Of(validation, version, now) is { IsLive: false } lost ? lost
        : at >= validation.ValidUntil ? new(ApprovalStanding.Expired, [new("expired", $"it was valid until {validation.ValidUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}")])
        : new(ApprovalStanding.Live, []);
}
