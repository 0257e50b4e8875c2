using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Deployments;

/// <summary>Break-glass: one person asks, another who had no hand in the version agrees, the time is limited, and a finding is opened in the same breath.</summary>
internal static class BreakGlassRules
{
    internal static Decision Request(Model model, RequestBreakGlass request, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(request.Version, out var version)) return UnknownVersion(model, request.Version);
        if (!actor.Human) return Forbidden("requester-not-human", "Break-glass is asked for by a person, never by a pipeline.");
        if (Unusable(model, version) is { } unusable) return unusable;
        if (Prohibited(model) is { } prohibited) return prohibited;
        if (!request.EnvironmentExists) return Unprocessable("environment-unknown", $"There is no environment {request.Environment}.");
        return request.Minutes is < 1 or > BreakGlass.MostMinutes
            ? Unprocessable("minutes-out-of-range", $"Break-glass lasts from 1 to {BreakGlass.MostMinutes} minutes.")
            : Accept(new BreakGlassRequested(request.Id, request.Version, request.Environment, version.ArtifactDigest, request.Reason, request.Minutes, [.. actor.Parties], actor.Subject, at, version.ImageDigest));
    }

    internal static Decision Approve(Model model, ApproveBreakGlass approve, Actor actor, DateTimeOffset at)
    {
        if (model.BreakGlasses.Find(b => b.Id == approve.Id && b.Version == approve.Version) is not { } asked)
            return NotFound("break-glass-unknown", $"Version {approve.Version} of {model.Name} has no break-glass {approve.Id}.");
        if (asked.ApprovedBy is not null) return Conflict("break-glass-approved", $"Break-glass {approve.Id} is approved already.");
        if (!actor.Human) return Forbidden("approver-not-human", "Break-glass is agreed to by a person, never by a pipeline.");
        if (actor.Holds(Roles.Administrator)) return Forbidden("administrator-never-approves", "Administrators give rights; they never approve.");
        if (actor.Parties.Any(p => asked.RequestedBy.Contains(p, StringComparer.Ordinal)))
            return Forbidden("approver-requested", $"{actor.Subject} asked for it; break-glass needs a second person.");

        var version = model.Versions[asked.Version];
        if (actor.Parties.Any(version.Authors.Contains))
            return Forbidden("approver-is-author", $"{actor.Subject} had a hand in version {asked.Version}; somebody else must agree to break the glass for it.");
        if (Unusable(model, version) is { } unusable) return unusable;
        if (Prohibited(model) is { } prohibited) return prohibited;
        if (at >= asked.LapsesAt) return Conflict("break-glass-expired", $"Break-glass {approve.Id} was asked for {asked.Minutes} minutes and lapsed at {asked.LapsesAt:yyyy-MM-dd'T'HH:mm:ss'Z'}; ask again.");
        if (!asked.IsFor(version))
            return Conflict("break-glass-outdated", $"Break-glass {approve.Id} was asked for {asked.ImageDigest ?? asked.ArtifactDigest}; the version was built anew since, so ask again.");

        return Accept(
            new BreakGlassApproved(approve.Id, approve.Reason, at.AddMinutes(asked.Minutes), actor.Subject, at, actor.Owner),
            new FindingOpened(approve.FindingId, approve.FindingTitle, "high", null, asked.Cause, actor.Subject, at, Due: FindingDue.After(at, "high"), CredentialOwner: actor.Owner));
    }

    /// <summary>Nobody gives leave for what Art. 5 of the EU AI Act forbids; while somebody says that this is such a thing, nobody gives it either.</summary>
    private static Decision? Prohibited(Model model) =>
        model.JudgedRisk.EuAiAct == RiskClass.Prohibited ? Conflict("prohibited-practice", $"{model.Name} is classified as a prohibited practice; no glass is broken for it.")
        : model.ProposedRisk?.EuAiAct == RiskClass.Prohibited ? Conflict("prohibited-practice", $"{model.Name} is proposed to be a prohibited practice; have that settled first.")
        : null;
}
