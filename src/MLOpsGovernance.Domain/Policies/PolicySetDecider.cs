using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Policies;

public static class PolicySetDecider
{
    private const int MostOpen = 20;

    public static Decision Decide(PolicySetHistory history, PolicySetCommand command, Actor actor, DateTimeOffset at) => command switch
    {
        AdoptPolicySet adopt => Adopt(history, adopt, actor, at),
        ProposePolicySet propose => Propose(history, propose, actor, at),
        AdoptProposedSet adopt => WithOpen(history, adopt.Id, proposal => Adopt(proposal, adopt, actor, at)),
        RejectProposedSet reject => WithOpen(history, reject.Id, proposal => Accept(new PolicySetRejected(proposal.Id, reject.Reason, actor.Subject, at))),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision Adopt(PolicySetHistory history, AdoptPolicySet adopt, Actor actor, DateTimeOffset at) => adopt switch
    {
        { Documents.Count: 0 } => Empty(),
        _ when !actor.IsSystem =>
            Forbidden("second-person-required", $"{actor.Subject} cannot adopt a policy set alone: one officer proposes it and another adopts it."),
        { AtBirthOnly: true } when history.InForce is not null => Nothing,
        _ when adopt.Digest == history.InForce?.Digest => Nothing,
        _ => Accept(new PolicySetAdopted(adopt.Digest, adopt.Documents, actor.Subject, actor.Subject, at, Tests: adopt.Tests)),
    };

    private static Decision Propose(PolicySetHistory history, ProposePolicySet propose, Actor actor, DateTimeOffset at)
    {
        if (propose.Documents.Count == 0) return Empty();
        if (propose.Origin == PolicySetOrigin.Folder && IsKnown(history, propose.Digest)) return Nothing;
        if (propose.Digest == history.InForce?.Digest) return Conflict("policy-set-in-force", "This set is in force already: its documents say the same.");
        if (history.Open.FirstOrDefault(p => p.Digest == propose.Digest) is { } open) return Conflict("already-proposed", $"This set is proposed already, as {open.Id}, and waits to be adopted or rejected.");
        if (history.Open.Count() >= MostOpen) return Conflict("too-many-proposals", $"{MostOpen} sets are proposed already; adopt or reject some of them first.");
        return Accept(new PolicySetProposed(
            propose.Id, propose.Digest, propose.Base, propose.Origin, propose.Documents, propose.Tests, [.. propose.Changes.Select(c => Authored(history, c, propose.Origin, actor))], propose.Difference,
            propose.Reason, [.. actor.Parties], actor.Subject, at));
    }

    /// <summary>A folder that holds what was in force once, what waits already or what was rejected says nothing new: an older program may run beside a newer set.</summary>
    private static bool IsKnown(PolicySetHistory history, string digest) =>
        history.Adopted.Exists(a => a.Digest == digest) || history.Proposals.Values.Any(p => p.Digest == digest && p.State is PolicySetProposal.Proposed or PolicySetProposal.Rejected);

    /// <summary>Who brings a document first has had a hand in it, whoever else is said to have written it; and whose it once was it stays. A folder names nobody.</summary>
    private static PolicyDocumentChange Authored(PolicySetHistory history, PolicyDocumentChange change, string origin, Actor actor)
    {
        var known = change.Digest is { } digest ? history.Authors.GetValueOrDefault(digest) : null;
        var bringers = origin == PolicySetOrigin.Request && known is null ? actor.Parties : [];
        return change with { Authors = [.. change.Authors.Concat(known?.Subjects ?? []).Concat(bringers).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
    }

    private static Decision Adopt(PolicySetProposal proposal, AdoptProposedSet adopt, Actor actor, DateTimeOffset at)
    {
        if (!actor.Human) return Forbidden("adoption-not-human", "A policy set is adopted by people, never by a pipeline.");
        if (!proposal.IsBacked) return adopt.Obstacle is { } inTheWay ? Refuse(inTheWay) : Accept(new PolicySetSeconded(proposal.Id, adopt.Reason, [.. actor.Parties], actor.Subject, at));
        if (actor.Parties.Any(p => proposal.Backers.Contains(p, StringComparer.Ordinal)))
            return Forbidden("second-person-required", $"{actor.Subject} put this set forward; a second person must adopt it.");
        if (proposal.Changes.FirstOrDefault(c => actor.Parties.Any(p => c.Authors.Contains(p, StringComparer.Ordinal))) is { } own)
            return Forbidden("author-adopts", $"{actor.Subject} had a hand in {own.Path}; somebody who wrote none of the changed documents must adopt the set.");
        if (adopt.Obstacle is { } obstacle) return Refuse(obstacle);
        return Accept(new PolicySetAdopted(
            proposal.Digest, proposal.Documents, proposal.SecondedBy.Concat(proposal.ProposedBy).First(), actor.Subject, at, proposal.Id, adopt.Reason, proposal.Tests));
    }

    private static Decision WithOpen(PolicySetHistory history, string id, Func<PolicySetProposal, Decision> decide) => history.Proposals.GetValueOrDefault(id) switch
    {
        null => NotFound("proposal-unknown", "No policy set was proposed under this id."),
        { State: PolicySetProposal.Overtaken } =>
            Conflict("proposal-overtaken", "Another set was adopted since this one was proposed, so what it would change is not what was shown. Propose it again."),
        { IsOpen: false } closed => Conflict("proposal-closed", $"The proposal is {closed.State} already; propose the set again if it is still wanted."),
        var open => decide(open),
    };

    private static Decision Refuse(Refusal obstacle) => Decision.Refuse(obstacle.Code, obstacle.Why, obstacle.Kind);

    private static Decision Empty() => Unprocessable("policy-set-empty", "An empty policy set would close or open every gate by accident; it is never adopted.");
}
