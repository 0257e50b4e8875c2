using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Subjects;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Recertification;

/// <summary>A model is recertified by those who own it, a role by an administrator who does not hold it through the same hands.</summary>
internal static class RecertificationRules
{
    internal static Decision Recertify(Model model, RecertifyModel recertify, Actor actor, DateTimeOffset at) =>
        !actor.Human ? Forbidden("recertifier-not-human", "What is on record is confirmed again by a person, never by a pipeline.")
        : !recertify.CallerInTeam ? Forbidden("not-in-team", $"{actor.Subject} is no member of {model.Team}; a model is confirmed again by a member of the team that owns it.")
        : Accept(new ModelRecertified(recertify.StillInUse, recertify.Reason, actor.Subject, actor.Owner, at));

    internal static Decision Recertify(Subject subject, RecertifyRole recertify, Actor actor, DateTimeOffset at) =>
        !actor.Human || !actor.Holds(Roles.Administrator) ? Forbidden("administrator-required", "Roles are confirmed again by a person who is an administrator.")
        : actor.Parties.Contains(recertify.Subject, StringComparer.Ordinal)
            ? Forbidden("recertifier-is-holder", $"{actor.Subject} cannot confirm a role of their own; another administrator must.")
        : !subject.GrantedRoles.Contains(recertify.Role) ? NotFound("role-not-granted", $"{recertify.Subject} was not granted the role {recertify.Role}.")
        : Accept(new RoleRecertified(recertify.Subject, recertify.Role, recertify.Reason, actor.Subject, actor.Owner, at));
}
