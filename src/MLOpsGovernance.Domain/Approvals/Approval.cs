using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Approvals;

/// <summary>One person's consent, in one role, to one version as it was. Whether it still stands is for <see cref="ApprovalStanding"/> to say.</summary>
/// <param name="Material">What the approver agreed to.</param>
/// <param name="Round">The review round it was given in.</param>
public sealed record Approval(
    string Id, string Role, string By, string? Owner, Sealed? Reason, Material Material, int Round, DateTimeOffset At, DateTimeOffset ValidUntil)
{
    /// <summary>The validation that it refers to.</summary>
    public string? Validation { get; init; }

    public Revocation? Revoked { get; init; }

    /// <summary>Everyone who stands behind it: the approver and the owner of the credential used.</summary>
    [JsonIgnore]
    public IEnumerable<string> Parties => Owner is null ? [By] : [By, Owner];

    /// <summary>Why the history says that it was superseded; the standing does not wait for it.</summary>
    public IReadOnlyList<string> Superseded { get; init; } = [];
}

public sealed record Revocation(Sealed? Reason, string By, DateTimeOffset At);
