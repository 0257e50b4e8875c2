namespace MLOpsGovernance.Domain.Policies;

/// <summary>A set that somebody would like to be in force.</summary>
/// <param name="Digest">Of the documents, as the policy library computes it.</param>
/// <param name="Base">The set in force when it was proposed, which it is compared with; null where there was none.</param>
/// <param name="Tests">Files that are no part of the set: its tests, and the waivers that these use.</param>
/// <param name="ProposedBy">Who stands behind the proposal: the caller, and the owner of the credential.</param>
public sealed record PolicySetProposal(
    string Id, string Digest, string? Base, string Origin, IReadOnlyList<PolicyDocumentText> Documents, IReadOnlyList<PolicyDocumentText> Tests,
    IReadOnlyList<PolicyDocumentChange> Changes, PolicySetDifference Difference, Sealed? Reason, IReadOnlyList<string> ProposedBy, DateTimeOffset At)
{
    public const string Proposed = "proposed", Adopted = "adopted", Rejected = "rejected", Replaced = "replaced", Overtaken = "overtaken";

    /// <summary><c>proposed</c>, <c>adopted</c>, <c>rejected</c>, <c>replaced</c> by what the folder held later, or <c>overtaken</c> by the adoption of another set.</summary>
    public string State { get; init; } = Proposed;

    /// <summary>The person who put a proposal forward that the service had made by itself.</summary>
    public IReadOnlyList<string> SecondedBy { get; init; } = [];

    public string? ClosedBy { get; init; }

    public Sealed? ClosingReason { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public bool IsOpen => State == Proposed;

    /// <summary>Whether a person stands behind it; what only a folder says wants somebody to put it forward first.</summary>
    public bool IsBacked => Origin != PolicySetOrigin.Folder || SecondedBy.Count > 0;

    /// <summary>Everybody who put it forward.</summary>
    public IEnumerable<string> Backers => ProposedBy.Concat(SecondedBy);

    public PolicySetProposal Close(string state, string by, Sealed? reason, DateTimeOffset at) =>
        this with { State = state, ClosedBy = by, ClosingReason = reason, ClosedAt = at, Documents = [], Tests = [] };
}

/// <summary>Where a proposal comes from.</summary>
public static class PolicySetOrigin
{
    public const string Request = "request", Folder = "folder", Rollback = "rollback";
}

/// <param name="Change"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="Digest">Of the document as proposed; null for one that is removed.</param>
/// <param name="Authors">Who wrote it, as far as is known: none of them adopts it.</param>
public sealed record PolicyDocumentChange(string Path, string Change, string? Digest, IReadOnlyList<string> Authors);

/// <summary>What would be different, in plain language, and what it would have meant for decisions of late.</summary>
/// <param name="Flips">Null where no decision could be judged again.</param>
/// <param name="Tests">How the set's own tests came out.</param>
public sealed record PolicySetDifference(IReadOnlyList<PolicyChange> Changes, PolicyTestSummary Tests, DecisionFlips? Flips = null);

/// <param name="Effect"><c>relaxed</c>, <c>tightened</c>, <c>changed</c> where nobody can tell which from the documents alone, or <c>wording</c>.</param>
/// <param name="What">A stable word: <c>rule-removed</c>, <c>level-lowered</c> …</param>
/// <param name="Sentence">What a reader who knows no policy language needs to know.</param>
public sealed record PolicyChange(string Effect, string What, string? Policy, string? Rule, string Sentence);

/// <param name="Failed">The first failures, each as file, line, case and what went wrong.</param>
public sealed record PolicyTestSummary(int Files, int Cases, int Failures, IReadOnlyList<string> Failed);

/// <summary>Decisions of late, judged again under the set that was proposed.</summary>
/// <param name="Decisions">How many were judged again.</param>
/// <param name="Stricter">How many that were let through would not be.</param>
/// <param name="Looser">How many that were not let through would be.</param>
/// <param name="Examples">The latest of those that flipped.</param>
public sealed record DecisionFlips(int Decisions, int Stricter, int Looser, IReadOnlyList<DecisionFlip> Examples);

/// <param name="Cause">The rules that came out otherwise, as <c>REL-002: fail became pass</c>.</param>
public sealed record DecisionFlip(string DecisionId, string Model, int Version, string Environment, string Was, string Becomes, IReadOnlyList<string> Cause);
