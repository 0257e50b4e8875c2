using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Validations;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Approvals;

/// <summary>Review and approval with segregation of duties: nobody approves what they authored, requested or trained, on any path, in any role.</summary>
internal static class ReviewRules
{
    internal static Decision Request(Model model, RequestReview request, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(request.Version, out var version)) return UnknownVersion(model, request.Version);
        if ((Unfit(model, version) ?? Unmanned(model, version)) is { } unfit) return unfit;
        return version.Review == ReviewState.Open ? Conflict("review-open", $"A review of version {request.Version} of {model.Name} is open already.")
            : version.Requesters.Union(actor.Parties).Count > ModelVersion.MostRequesters
            ? Conflict("too-many-requesters", $"{ModelVersion.MostRequesters} people and pipelines have asked for reviews of version {request.Version} of {model.Name}, and none of them may approve it; one of them asks again, or it is registered anew.")
            : Accept(new ReviewRequested(request.Version, request.Note, [.. actor.Parties], actor.Subject, at));
    }

    internal static Decision Approve(Model model, ApproveVersion approve, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(approve.Version, out var version)) return UnknownVersion(model, approve.Version);
        if (Unfit(model, version) is { } unfit) return unfit;
        if (version.Review != ReviewState.Open)
            return Conflict("review-not-open", $"The review of version {approve.Version} of {model.Name} is {Words(version.Review)}; request a review first.");
        if (Barred(version, approve, actor) is { } barred) return barred;

        if (!approve.Approved)
        {
            if (approve.Validation is { } named && !version.Validations.Exists(v => v.Id == named))
                return Unprocessable("validation-unknown", $"Version {approve.Version} of {model.Name} has no validation {named}.");
            return AcceptAndSupersede(model, actor, at,
                new VersionRejected(approve.Version, approve.Id, approve.Role, approve.Reason, version.ArtifactDigest, actor.Subject, at, approve.Validation));
        }

        if (Unmanned(model, version) is { } unmanned) return unmanned;
        var material = Material.Of(model, version, approve.Datasets);
        if (version.Approvals.Exists(a => a.Parties.Intersect(actor.Parties, StringComparer.Ordinal).Any() && a.Role == approve.Role && ApprovalStanding.Of(a, version, material, at).IsLive))
            return Conflict("already-approved", $"{actor.Subject} has approved version {approve.Version} as {approve.Role} already, and that approval stands.");

        var longest = at.AddMonths(model.JudgedRisk.Tier == 1 ? 6 : 12);
        var until = approve.ValidUntil ?? longest;
        if (until <= at || until > longest)
        {
            return Unprocessable("valid-until-out-of-range",
                $"An approval of a tier {model.JudgedRisk.Tier} model is valid until a time after now and not after {longest:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        }

        return ValidationRules.Unreferable(version, approve.Validation, material, at)
            ?? ConditionRules.Faulty(model, version, approve.Conditions ?? [], approve.People ?? [], at)
            ?? Accept(new VersionApproved(
                approve.Version, approve.Id, approve.Role, approve.Reason, material, version.ReviewRound, until, actor.Subject, actor.Owner, at, approve.Validation,
                approve.Conditions is [_, ..] ? approve.Conditions : null));
    }

    /// <summary>The approver takes it back, or a risk or compliance officer does.</summary>
    internal static Decision Revoke(Model model, RevokeApproval revoke, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(revoke.Version, out var version)) return UnknownVersion(model, revoke.Version);
        if (version.Approvals.Find(a => a.Id == revoke.Id) is not { } approval)
            return NotFound("approval-unknown", $"Version {revoke.Version} of {model.Name} has no approval {revoke.Id}.");
        if (approval.Revoked is not null) return Conflict("approval-revoked", $"Approval {revoke.Id} is revoked already.");
        return actor.Human && (approval.By == actor.Subject || actor.HoldsAny([Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer]))
            ? Accept(new ApprovalRevoked(revoke.Version, revoke.Id, revoke.Reason, actor.Subject, at))
            : Forbidden("revoker-not-entitled", "An approval is revoked by who gave it, by a risk officer or by a compliance officer.");
    }

    internal static Decision Note(Model model, NoteSuperseded note, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(note.Version, out var version)) return UnknownVersion(model, note.Version);
        var material = Material.Of(model, version, note.Datasets);
        var superseded =
            from approval in version.Approvals
            where approval.Revoked is null && approval.Superseded.Count == 0
            let standing = ApprovalStanding.Of(approval, version, material)
            where standing.State == ApprovalStanding.Superseded
            select (object)new ApprovalSuperseded(note.Version, approval.Id, [.. standing.Why.Select(w => w.Code)], actor.Subject, at);
        return Accept([.. superseded, .. ValidationEvolution.Superseded(version, _ => material, actor, at)]);
    }

    private static Decision? Unfit(Model model, ModelVersion version) =>
        Unusable(model, version) is { } unusable ? unusable
        : version.SupersededBy is { } later ? Conflict("version-superseded", $"Version {version.Number} of {model.Name} is superseded: version {later} was deployed after it. Register it anew to put it forward again.")
        : null;

    /// <summary>The risk may have been raised, or confirmed high, after a version was registered without an author who is a person.</summary>
    private static Decision? Unmanned(Model model, ModelVersion version) =>
        model.JudgedRisk.IsHigh && version.HumanAuthors.IsEmpty
            ? Unprocessable("human-author-required",
                $"{model.Name} is judged as {model.JudgedRisk.EuAiAct}, tier {model.JudgedRisk.Tier}: version {version.Number} needs at least one author who is a person; add one first.")
            : null;

    private static Decision? Barred(ModelVersion version, ApproveVersion approve, Actor actor) =>
        !actor.Human ? Forbidden("approver-not-human", "A version is approved by a person who signed in, never by a pipeline.")
        : actor.Holds(Roles.Administrator) ? Forbidden("administrator-never-approves", "Administrators give rights; they never approve.")
        : !Roles.Approvers.Contains(approve.Role, StringComparer.Ordinal) ? Unprocessable("role-cannot-approve", $"{approve.Role} is no approver role; approver roles are {string.Join(", ", Roles.Approvers)}.")
        : !actor.Holds(approve.Role) ? Forbidden("role-not-held", $"{actor.Subject} does not hold the role {approve.Role}.")
        : actor.Parties.FirstOrDefault(version.Authors.Contains) is { } author ? Forbidden("approver-is-author", $"{author} had a hand in version {version.Number}; somebody else must review it.")
        : actor.Parties.FirstOrDefault(version.Requesters.Contains) is { } requester ? Forbidden("approver-requested-review", $"{requester} asked for the review of version {version.Number}; somebody else must decide.")
        : null;

    private static string Words(ReviewState state) => state switch
    {
        ReviewState.NotRequested => "not requested",
        ReviewState.Rejected => "closed by a rejection",
        ReviewState.Closed => "closed by a deployment",
        _ => "open",
    };
}
