using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Validations;

/// <summary>Who validates has as little a hand in the version as who approves it.</summary>
internal static class ValidationRules
{
    internal static Decision Validate(Model model, ValidateVersion validate, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(validate.Version, out var version)) return UnknownVersion(model, validate.Version);
        if ((Unusable(model, version) ?? Barred(version, actor)) is { } refused) return refused;
        if (validate.ValidUntil <= at) return Unprocessable("valid-until-out-of-range", "A validation is valid until a time after now.");
        if (validate.Conditions.Count > 0 && validate.Conclusion != Validation.FitWithConditions)
            return Unprocessable("conditions-not-expected", $"Conditions go with the conclusion {Validation.FitWithConditions}, not with {validate.Conclusion}.");
        return ConditionRules.Faulty(model, version, validate.Conditions, validate.People, at) ?? Accept(new VersionValidated(
            validate.Version, validate.Id, validate.Scope, validate.Conclusion, validate.Limitations, validate.Evidence, Material.Of(model, version, validate.Datasets),
            validate.Conditions, validate.ValidUntil, actor.Subject, actor.Owner, at));
    }

    /// <summary>What an approval refers to must be about the version as it is, and must not say that it is unfit.</summary>
    internal static Decision? Unreferable(ModelVersion version, string? id, Material material, DateTimeOffset at)
    {
        if (id is null) return null;
        if (version.Validations.Find(v => v.Id == id) is not { } validation || validation.Material.ArtifactDigest != version.ArtifactDigest)
            return Unprocessable("validation-unknown", $"Version {version.Number} has no validation {id} of its artifact {version.ArtifactDigest}.");
        if (!validation.IsFit) return Conflict("validation-unfit", $"Validation {id} found version {version.Number} unfit; an approval cannot rest on it.");
        return ValidationStanding.Of(validation, version, material, at) is { IsLive: false } lost
            ? Conflict("validation-lapsed", $"Validation {id} is {lost.State}: {string.Join("; ", lost.Why.Select(w => w.Why))}.")
            : null;
    }

    private static Decision? Barred(ModelVersion version, Actor actor) =>
        !actor.Human ? Forbidden("validator-not-human", "A version is validated by a person who signed in, never by a pipeline.")
        : actor.Holds(Roles.Administrator) ? Forbidden("administrator-never-validates", "Administrators give rights; they never validate.")
        : !actor.Holds(Roles.ModelValidator) ? Forbidden("role-not-held", $"{actor.Subject} does not hold the role {Roles.ModelValidator}.")
        : actor.Parties.FirstOrDefault(version.Authors.Contains) is { } author ? Forbidden("validator-is-author", $"{author} had a hand in version {version.Number}; somebody else must validate it.")
        : actor.Parties.FirstOrDefault(version.Requesters.Contains) is { } requester ? Forbidden("validator-requested-review", $"{requester} asked for the review of version {version.Number}; somebody else must validate it.")
        : null;
}
