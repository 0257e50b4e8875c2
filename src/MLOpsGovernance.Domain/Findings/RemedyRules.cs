using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Findings;

/// <summary>Who sees to a finding, until when, and what becomes of it when the remedy did not hold.</summary>
internal static class RemedyRules
{
    internal static Decision Change(Model model, ChangeFinding change, Actor actor, DateTimeOffset at)
    {
        if (model.Findings.Find(f => f.Id == change.Id) is not { } finding) return Unknown(model, change.Id);
        if (!finding.IsOpen) return Conflict("finding-closed", $"Finding {change.Id} is closed; open it again first.");
        if (Faulty(change.Owner, change.OwnerKnown, change.Due, at) is { } faulty) return faulty;
        var next = finding with { Owner = change.Owner ?? finding.Owner, Due = change.Due ?? finding.Due, Plan = change.Plan ?? finding.Plan };
        return next == finding ? Nothing : Accept(new FindingChanged(change.Id, next.Owner, next.Due, next.Plan, actor.Subject, at));
    }

    internal static Decision Reopen(Model model, ReopenFinding reopen, Actor actor, DateTimeOffset at)
    {
        if (model.Findings.Find(f => f.Id == reopen.Id) is not { } finding) return Unknown(model, reopen.Id);
        if (finding.IsOpen) return Conflict("finding-open", $"Finding {reopen.Id} is open already.");
        return Faulty(null, true, reopen.Due, at)
            ?? Accept(new FindingReopened(reopen.Id, reopen.Reason, reopen.Due ?? FindingDue.After(at, finding.Severity), actor.Subject, actor.Owner, at));
    }

    internal static Decision? Faulty(string? owner, bool known, DateTimeOffset? due, DateTimeOffset at) =>
        owner is not null && !known ? Unprocessable("unknown-owner", $"{owner} is not known as a person: an owner must have signed in or be a member of a team.")
        : due <= at ? Unprocessable("due-passed", $"A finding is due at a time after now, not on {due:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
        : null;

    /// <summary>
    /// Closing takes a second person: neither who had to remedy it, nor who opened it by themselves. Who opened it may close what somebody else remedied.
    /// </summary>
    internal static Decision? Alone(Finding finding, Actor actor) =>
        finding.Owner is { } owner && actor.Parties.Contains(owner, StringComparer.Ordinal)
            ? Forbidden("finding-closed-by-owner", $"Finding {finding.Id} is {owner}'s to remedy; somebody else must close it.")
        : finding.Owner is null && actor.Parties.Any(p => finding.Openers.Contains(p, StringComparer.Ordinal))
            ? Forbidden("finding-closed-by-opener", $"{actor.Subject} opened finding {finding.Id} and nobody else was to remedy it; a second person must close it.")
        : null;

    internal static Decision Unknown(Model model, string id) => NotFound("finding-unknown", $"{model.Name} has no finding {id}.");
}
