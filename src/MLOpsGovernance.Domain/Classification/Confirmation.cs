using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Classification;

/// <summary>Who may say that a class is so: a person in a confirming role, from outside, who did not propose it.</summary>
/// <param name="What">What is classified, for people.</param>
/// <param name="Roles">Those that may confirm this class.</param>
/// <param name="Proposers">Everyone behind the pending proposal, the owners of their credentials included.</param>
/// <param name="CallerInTeam">Whether the caller, or the owner of the credential, is a member of the owning team.</param>
/// <param name="CallerIsAuthor">Whether one of them had a hand in what is classified.</param>
internal sealed record Confirmation(string What, IReadOnlyList<string> Roles, IReadOnlyList<string> Proposers, bool CallerInTeam, bool CallerIsAuthor = false)
{
    /// <summary>A class set by such a caller is proposed and confirmed in one act.</summary>
    public bool IsFor(Actor actor) => actor.Human && actor.HoldsAny(Roles) && !CallerInTeam && !CallerIsAuthor;

    public Decision? OwnProposal(Actor actor) => actor.Parties.FirstOrDefault(party => Proposers.Contains(party, StringComparer.Ordinal)) is { } proposer
        ? Forbidden("confirmer-is-proposer", $"{proposer} proposed the class of {What}; somebody else must confirm it.")
        : null;

    public Decision? Barred(Actor actor) =>
        !actor.Human ? Forbidden("confirmer-not-human", "A class is confirmed by a person who signed in, never by a pipeline.")
        : OwnProposal(actor) is { } own ? own
        : CallerInTeam ? Forbidden("confirmer-in-team", $"{actor.Subject} is a member of the team that owns {What}; somebody from outside must confirm its class.")
        : CallerIsAuthor ? Forbidden("confirmer-is-author", $"{actor.Subject} had a hand in {What}; somebody else must confirm its class.")
        : !actor.HoldsAny(Roles) ? Forbidden("role-cannot-confirm", $"The class of {What} is confirmed in the role {string.Join(" or ", Roles)}; {actor.Subject} holds {(actor.Roles.Count == 0 ? "none" : string.Join(", ", actor.Roles))}.")
        : null;
}
