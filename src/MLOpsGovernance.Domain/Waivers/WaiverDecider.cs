using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Waivers;

/// <summary>What may happen to a waiver: a second person who holds the policy's role approves it; whatever makes the gate stricter again takes less.</summary>
public static class WaiverDecider
{
    public static Decision Decide(Waiver waiver, WaiverCommand command, Actor actor, DateTimeOffset at) => (waiver, command) switch
    {
        ({ Exists: false }, RequestWaiver request) => Request(request, actor, at),
        (_, RequestWaiver) => Conflict("waiver-taken", "There is a waiver with this id already; take a fresh one."),
        ({ Exists: false }, _) => NotFound("waiver-unknown", "There is no such waiver."),
        (_, ApproveWaiver approve) => Approve(waiver, approve, actor, at),
        (_, RejectWaiver reject) => Undecided(waiver, at) ?? Barred(waiver, waiver.ApproverRoles, actor) ?? Accept(new WaiverRejected(reject.Reason, actor.Subject, at)),
        (_, WithdrawWaiver withdraw) => Undecided(waiver, at)
            ?? (IsRequester(waiver, actor) ? Accept(new WaiverWithdrawn(withdraw.Reason, actor.Subject, at)) : Forbidden("withdrawer-not-requester", $"{waiver.RequestedBy[0]} asked for this waiver; somebody else rejects it.")),
        (_, RevokeWaiver revoke) => Revoke(waiver, revoke, actor, at),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>Why nothing is waived for a version of a model now, or for the whole model; null where nothing stands in the way.</summary>
    public static Refusal? Obstacle(Model model, int? version) =>
        model.Retired ? new("model-retired", $"{model.Name} is retired; register a new model.", RefusalKind.Conflict)
        : WaiverRequestRules.Obstacle(model, version is { } number ? model.Versions.GetValueOrDefault(number) : null);

    /// <summary>Who had a hand in a version, or in any version of the model.</summary>
    public static IReadOnlyList<string> AuthorsOf(Model model, int? version) =>
        version is { } number ? [.. model.Versions.GetValueOrDefault(number)?.Authors ?? []] : [.. model.Versions.Values.SelectMany(v => v.Authors).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The model decided whether it may be asked for. What is asked here again is what everything else rests on.</summary>
    private static Decision Request(RequestWaiver request, Actor actor, DateTimeOffset at)
    {
        var (noted, rule) = (request.Noted, request.Rule);
        return WaiverRequestRules.Faulty(rule, noted.ExpiresAt, request.CompensatingControl is not null, at) ?? Accept(new WaiverRequested(
            noted.Id, request.Model, request.Team, rule.Policy, rule.PolicyVersions, noted.Rule, noted.Environment, noted.Version, noted.Digests, noted.ExpiresAt,
            request.Reason, request.CompensatingControl, request.Ticket, rule.ApproverRoles, noted.Renews, [.. actor.Parties], request.Authors, actor.Subject, at));
    }

    private static Decision Approve(Waiver waiver, ApproveWaiver approve, Actor actor, DateTimeOffset at)
    {
        if (Undecided(waiver, at) is { } decided) return decided;
        if (approve.Rule is not { } rule) return Conflict("rule-unknown", $"The policies in force have no rule {waiver.Rule} any more; there is nothing to waive.");
        if (!rule.Waivable) return Conflict("rule-not-waivable", $"{rule.Rule} of {rule.Policy} is not to be waived any more.");
        if (Barred(waiver, rule.ApproverRoles, actor) is { } barred) return barred;
        if (actor.Parties.FirstOrDefault(p => approve.Authors.Contains(p, StringComparer.Ordinal)) is { } author)
            return Forbidden("approver-is-author", $"{author} had a hand in what this waiver is for; somebody else must approve it.");
        if (approve.Obstacle is { } obstacle) return Refuse(obstacle.Code, obstacle.Why, obstacle.Kind);
        return WaiverRequestRules.Faulty(rule, waiver.ExpiresAt, waiver.CompensatingControl is not null, at)
            ?? Accept(new WaiverApproved(approve.Reason, [.. actor.Roles.Order(StringComparer.Ordinal)], actor.Subject, actor.Owner, at));
    }

    private static Decision Revoke(Waiver waiver, RevokeWaiver revoke, Actor actor, DateTimeOffset at) =>
        waiver.StateAt(at) != Waiver.Approved ? Conflict("waiver-not-approved", $"Waiver {waiver.Id} is {waiver.StateAt(at)}; only an approved one can be revoked.")
        : actor.Human && (IsRequester(waiver, actor) || actor.HoldsAny(waiver.ApproverRoles) || actor.HoldsAny([Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer]))
            ? Accept(new WaiverRevoked(revoke.Reason, actor.Subject, at))
        : Forbidden("revoker-not-entitled", $"A waiver is revoked by who asked for it, by a risk or compliance officer, or by a holder of {Words(waiver.ApproverRoles)}.");

    private static Decision? Undecided(Waiver waiver, DateTimeOffset at) => waiver.StateAt(at) is not Waiver.Requested and var state
        ? Conflict("waiver-not-open", $"Waiver {waiver.Id} is {state}{(state is Waiver.Lapsed or Waiver.Expired ? $" since {WaiverRequestRules.Time(waiver.ExpiresAt)}" : "")}; ask for another one.")
        : null;

    private static Decision? Barred(Waiver waiver, IReadOnlyList<string> roles, Actor actor) =>
        !actor.Human ? Forbidden("approver-not-human", "A waiver is decided by a person who signed in, never by a pipeline.")
        : actor.Holds(Roles.Administrator) ? Forbidden("administrator-never-approves", "Administrators give rights; they never approve.")
        : IsRequester(waiver, actor) ? Forbidden("approver-requested", $"{actor.Subject} asked for this waiver; a second person must decide.")
        : !actor.HoldsAny(roles) ? Forbidden("role-not-held", $"{waiver.Policy} lets a waiver be decided by {Words(roles)}; {actor.Subject} holds none of these roles.")
        : null;

    private static bool IsRequester(Waiver waiver, Actor actor) => actor.Parties.Any(p => waiver.RequestedBy.Contains(p, StringComparer.Ordinal));

    private static string Words(IReadOnlyList<string> roles) => roles.Count == 0 ? "nobody" : string.Join(", ", roles);
}
