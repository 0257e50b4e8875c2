namespace MLOpsGovernance.Domain.Policies;

public sealed record PolicyDocumentText(string Path, string Text);

/// <param name="Digest">Of the documents, as the policy library computes it.</param>
/// <param name="ProposedBy">Who put the change forward.</param>
/// <param name="By">Who adopted it.</param>
/// <param name="Proposal">Null where the service adopted it by itself: at its birth, or in Development.</param>
/// <param name="Tests">Files that are no part of the set: its tests, and the waivers that these use.</param>
public sealed record PolicySetAdopted(
    string Digest, IReadOnlyList<PolicyDocumentText> Documents, string ProposedBy, string By, DateTimeOffset At,
    string? Proposal = null, Sealed? Reason = null, IReadOnlyList<PolicyDocumentText>? Tests = null);

/// <summary>Somebody would like another set; see <see cref="PolicySetProposal"/>.</summary>
public sealed record PolicySetProposed(
    string Id, string Digest, string? Base, string Origin, IReadOnlyList<PolicyDocumentText> Documents, IReadOnlyList<PolicyDocumentText> Tests,
    IReadOnlyList<PolicyDocumentChange> Changes, PolicySetDifference Difference, Sealed? Reason, IReadOnlyList<string> ProposedBy, string By, DateTimeOffset At);

/// <summary>A person put forward what a folder had come to hold; another one still has to adopt it.</summary>
public sealed record PolicySetSeconded(string Proposal, Sealed? Reason, IReadOnlyList<string> Parties, string By, DateTimeOffset At);

public sealed record PolicySetRejected(string Proposal, Sealed? Reason, string By, DateTimeOffset At);
