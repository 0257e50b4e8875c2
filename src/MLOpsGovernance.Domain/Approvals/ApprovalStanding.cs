using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Approvals;

/// <summary>Whether an approval counts. This is the only place that says so: the gate, the history and the pages ask here.</summary>
/// <param name="State"><c>live</c>, <c>revoked</c>, <c>superseded</c>, <c>expired</c> or <c>conflicted</c>.</param>
/// <param name="Why">Empty for a live approval.</param>
public sealed record ApprovalStanding(string State, IReadOnlyList<MaterialChange> Why)
{
    public const string Live = "live", Revoked = "revoked", Superseded = "superseded", Expired = "expired", Conflicted = "conflicted";

    public bool IsLive => State == Live;

    /// <summary>The standing, leaving time aside: expiry is a matter of the clock of whoever asks.</summary>
    public static ApprovalStanding Of(Approval approval, ModelVersion version, Material now)
    {
        if (approval.Revoked is { } revoked) return new(Revoked, [new("revoked", $"{revoked.By} revoked it")]);
        if (approval.Round != version.ReviewRound) return new(Superseded, [new("rejected-since", "the version was rejected after the approval; it needs a new review")]);
        if (now.Since(approval.Material) is { Count: > 0 } changes) return new(Superseded, changes);
        if (approval.Superseded.Count > 0) return new(Superseded, [.. approval.Superseded.Select(code => new MaterialChange(code, "something material changed after the approval"))]);
        if (Conflict(approval, version) is { } conflict) return new(Conflicted, [conflict]);
        return new(Live, []);
    }

    public static ApprovalStanding Of(Approval approval, ModelVersion version, Material now, DateTimeOffset at) =>
        Of(approval, version, now) is { IsLive: false } lost ? lost
        : at >= approval.ValidUntil ? new(Expired, [new("expired", $"it was valid until {approval.ValidUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}")])
        : new(Live, []);

    /// <summary>Everyone whose hand is in the version may not be behind its approval either.</summary>
    private static MaterialChange? Conflict(Approval approval, ModelVersion version) =>
        approval.Parties.FirstOrDefault(version.Authors.Contains) is { } author ? new("approver-is-author", $"{author} is an author of the version")
        : approval.Parties.FirstOrDefault(version.Requesters.Contains) is { } requester ? new("approver-requested-review", $"{requester} asked for the review")
        : null;
}
