using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>A condition is somebody's, by a date; its owner says that it is fulfilled, and another person agrees.</summary>
internal static class ConditionRules
{
    /// <summary>What is wrong with the first faulty one, if any is.</summary>
    internal static Decision? Faulty(Model model, ModelVersion version, IReadOnlyList<ConditionDemand> demands, IReadOnlyList<string> people, DateTimeOffset at)
    {
        HashSet<string> ids = [.. version.Conditions.Select(c => c.Id)];
        foreach (var demand in demands)
        {
            if (string.IsNullOrWhiteSpace(demand.Owner)) return Unprocessable("condition-without-owner", "Each condition has an owner, who has to see to it; name one.");
            if (!people.Contains(demand.Owner, StringComparer.Ordinal))
                return Unprocessable("unknown-owner", $"{demand.Owner} is not known as a person: an owner must have signed in or be a member of a team.");
            if (demand.Due <= at) return Unprocessable("condition-due-passed", $"A condition is due at a time after now, not on {demand.Due:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
            if (!ids.Add(demand.Id)) return Conflict("id-taken", $"Version {version.Number} of {model.Name} has a condition {demand.Id} already; take a fresh id.");
        }

        return null;
    }

    internal static Decision Report(Model model, ReportCondition report, Actor actor, DateTimeOffset at)
    {
        if (Find(model, report.Version, report.Id, out var condition) is { } unknown) return unknown;
        if (condition.Agreed is not null) return Conflict("condition-met", $"Condition {report.Id} is met already.");
        return actor.Parties.Contains(condition.Owner, StringComparer.Ordinal)
            ? Accept(new ConditionReported(report.Version, report.Id, report.Evidence, report.Reason, actor.Subject, actor.Owner, at))
            : Forbidden("reporter-not-owner", $"Condition {report.Id} is {condition.Owner}'s; {actor.Subject} cannot say that it is fulfilled.");
    }

    internal static Decision Confirm(Model model, ConfirmCondition confirm, Actor actor, DateTimeOffset at)
    {
        if (Find(model, confirm.Version, confirm.Id, out var condition) is { } unknown) return unknown;
        if (condition.Agreed is not null) return Conflict("condition-met", $"Condition {confirm.Id} is met already.");
        if (Barred(model.Versions[confirm.Version], condition, actor) is { } barred) return barred;
        return condition.Fulfilment is null
            ? Conflict("condition-not-reported", $"{condition.Owner} has not said that condition {confirm.Id} is fulfilled; wait for that.")
            : Accept(new ConditionMet(confirm.Version, confirm.Id, confirm.Reason, actor.Subject, at));
    }

    private static Decision? Barred(ModelVersion version, Condition condition, Actor actor) =>
        !actor.Human ? Forbidden("confirmer-not-human", "That a condition is met is confirmed by a person who signed in, never by a pipeline.")
        : actor.Holds(Roles.Administrator) ? Forbidden("administrator-never-approves", "Administrators give rights; they never approve.")
        : !actor.HoldsAny(Roles.Approvers) ? Forbidden("role-not-held", $"{actor.Subject} holds no approver role; approver roles are {string.Join(", ", Roles.Approvers)}.")
        : actor.Parties.Any(p => p == condition.Owner || (condition.Fulfilment?.Parties.Contains(p, StringComparer.Ordinal) ?? false))
            ? Forbidden("confirmer-is-owner", $"Condition {condition.Id} is {condition.Owner}'s own; somebody else must confirm that it is met.")
        : actor.Parties.FirstOrDefault(version.Authors.Contains) is { } author ? Forbidden("confirmer-is-author", $"{author} had a hand in version {version.Number}; somebody else must confirm that its condition is met.")
        : null;

    private static Decision? Find(Model model, int number, string id, out Condition condition)
    {
        condition = null!;
        if (!model.Versions.TryGetValue(number, out var version)) return UnknownVersion(model, number);
        if (version.Conditions.Find(c => c.Id == id) is not { } found) return NotFound("condition-unknown", $"Version {number} of {model.Name} has no condition {id}.");
        condition = found;
        return null;
    }
}
