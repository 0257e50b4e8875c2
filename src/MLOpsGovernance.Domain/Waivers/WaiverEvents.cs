namespace MLOpsGovernance.Domain.Waivers;

/// <summary>Somebody asked that a rule be waived for a model in an environment, for a while.</summary>
/// <param name="Team">The team that owns the model.</param>
/// <param name="PolicyVersions">The versions of the policy it is meant for.</param>
/// <param name="Version">Null is every version of the model.</param>
/// <param name="Digests">The artifact and image of the version as they were; it is for nothing else that may be built later. Null where no version is named.</param>
/// <param name="ApproverRoles">The roles that the policy named when it was asked for.</param>
/// <param name="Renews">The waiver of the same scope that it goes on from.</param>
/// <param name="RequestedBy">Who asked, and the owner of the credential used.</param>
/// <param name="Authors">Who had a hand in what it is for, and so does not approve it.</param>
public sealed record WaiverRequested(
    string Id, string Model, string Team, string Policy, string PolicyVersions, string Rule, string Environment, int? Version, IReadOnlyList<string>? Digests, DateTimeOffset ExpiresAt,
    Sealed? Reason, Sealed? CompensatingControl, string? Ticket, IReadOnlyList<string> ApproverRoles, string? Renews, IReadOnlyList<string> RequestedBy, IReadOnlyList<string> Authors,
    string By, DateTimeOffset At);

/// <param name="Roles">What the approver held then, so that no later judgement depends on what they hold now.</param>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record WaiverApproved(Sealed? Reason, IReadOnlyList<string> Roles, string By, string? Owner, DateTimeOffset At);

public sealed record WaiverRejected(Sealed? Reason, string By, DateTimeOffset At);

/// <summary>Who asked for it no longer does.</summary>
public sealed record WaiverWithdrawn(Sealed? Reason, string By, DateTimeOffset At);

/// <summary>An approved waiver holds no more.</summary>
public sealed record WaiverRevoked(Sealed? Reason, string By, DateTimeOffset At);

/// <summary>The model keeps in mind that a waiver was asked for, so that whoever asks about the model finds it without a search.</summary>
public sealed record ModelWaiverNoted(
    string Waiver, string Rule, string Environment, int? Version, IReadOnlyList<string>? Digests, DateTimeOffset ExpiresAt, string? Renews, string By, DateTimeOffset At);
