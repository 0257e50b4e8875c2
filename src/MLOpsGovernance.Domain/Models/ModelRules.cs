using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Models;

/// <summary>Purpose and life of a model.</summary>
internal static class ModelRules
{
    internal static Decision ChangePurpose(Model model, ChangePurpose change, Actor actor, DateTimeOffset at)
    {
        var purposes = change.Purposes ?? model.Purposes;
        return !change.TextChanged && purposes.SequenceEqual(model.Purposes, StringComparer.Ordinal)
            ? Nothing
            : AcceptAndSupersede(model, actor, at, new ModelPurposeChanged(change.TextChanged ? change.Purpose : model.Purpose, purposes, actor.Subject, at));
    }

    internal static Decision Suspend(Model model, SuspendModel suspend, Actor actor, DateTimeOffset at)
    {
        if (suspend.Version is not { } number)
            return model.Suspended is null ? Accept(new ModelSuspended(null, suspend.Reason, actor.Subject, at)) : Conflict("model-suspended", $"{model.Name} is suspended already.");
        if (!model.Versions.TryGetValue(number, out var version)) return UnknownVersion(model, number);
        return version.Suspended is null
            ? Accept(new ModelSuspended(number, suspend.Reason, actor.Subject, at))
            : Conflict("version-suspended", $"Version {number} of {model.Name} is suspended already.");
    }

    /// <summary>Who had a hand in the version does not lift its suspension; nor that of the model, which frees every version.</summary>
    internal static Decision Resume(Model model, ResumeModel resume, Actor actor, DateTimeOffset at)
    {
        if (resume.Version is not { } number)
        {
            return model.Suspended is null ? Conflict("model-not-suspended", $"{model.Name} is not suspended.")
                : Barred(AnyAuthor(model, actor), $"a version of {model.Name}", actor) ?? Accept(new ModelResumed(null, resume.Reason, actor.Subject, at));
        }

        if (!model.Versions.TryGetValue(number, out var version)) return UnknownVersion(model, number);
        return version.Suspended is null ? Conflict("version-not-suspended", $"Version {number} of {model.Name} is not suspended.")
            : Barred(actor.Parties.Any(version.Authors.Contains), $"version {number}", actor) ?? Accept(new ModelResumed(number, resume.Reason, actor.Subject, at));
    }

    private static Decision? Barred(bool author, string work, Actor actor) =>
        !actor.Human ? Forbidden("resumer-not-human", "A suspension is lifted by a person, never by a pipeline.")
        : author ? Forbidden("resumer-is-author", $"{actor.Subject} had a hand in {work}; somebody else must lift the suspension.")
        : null;

    private static bool AnyAuthor(Model model, Actor actor) => model.Versions.Values.Any(v => actor.Parties.Any(v.Authors.Contains));

    internal static Decision Recall(Model model, RecallVersion recall, Actor actor, DateTimeOffset at) =>
        !model.Versions.TryGetValue(recall.Version, out var version) ? UnknownVersion(model, recall.Version)
        : version.Recalled ? Conflict("version-recalled", $"Version {recall.Version} of {model.Name} is recalled already.")
        : Accept(new ModelVersionRecalled(recall.Version, recall.Reason, actor.Subject, at));

    internal static Decision Retire(Model model, RetireModel retire, Actor actor, DateTimeOffset at)
    {
        if (retire.Version is not { } number) return Accept(new ModelRetired(null, retire.Reason, Live(model, _ => true), actor.Subject, at));
        if (!model.Versions.TryGetValue(number, out var version)) return UnknownVersion(model, number);
        return version.Retired
            ? Conflict("version-retired", $"Version {number} of {model.Name} is retired already.")
            : Accept(new ModelRetired(number, retire.Reason, Live(model, d => d.Version == number), actor.Subject, at));
    }

    private static IReadOnlyList<string> Live(Model model, Func<Deployments.Deployment, bool> which) =>
        [.. model.Deployments.Where(d => d.EndedAt is null && which(d)).Select(d => d.Id)];
}
