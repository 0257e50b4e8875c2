using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Recertification;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Subjects;

/// <summary>Somebody or something that acts: whether it is a person, and which roles were granted to it.</summary>
public sealed record Subject
{
    /// <summary>True once the subject signed in as a person or was named a member of a team.</summary>
    public bool IsPerson { get; init; }

    public ImmutableSortedSet<string> GrantedRoles { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    /// <summary>Roles that were taken back and not granted since. The seed of the first administrator does not bring one of these back at the next start.</summary>
    public ImmutableSortedSet<string> TakenBack { get; init => field = value.WithComparer(StringComparer.Ordinal); } = Ordinal.Set();

    /// <summary>The granted roles with their dates.</summary>
    public ImmutableSortedDictionary<string, Grant> Grants { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<Grant>();

    /// <summary>Legal holds in force, by their ids.</summary>
    public ImmutableSortedDictionary<string, LegalHold> Holds { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<LegalHold>();

    public static Subject Evolve(Subject subject, object e) => e switch
    {
        PersonRecognized => subject with { IsPerson = true },
        RoleGranted granted => subject with
        {
            GrantedRoles = subject.GrantedRoles.Add(granted.Role),
            TakenBack = subject.TakenBack.Remove(granted.Role),
            Grants = subject.Grants.SetItem(granted.Role, new(granted.At, null)),
        },
        RoleRevoked revoked => subject with
        {
            GrantedRoles = subject.GrantedRoles.Remove(revoked.Role),
            TakenBack = subject.TakenBack.Add(revoked.Role),
            Grants = subject.Grants.Remove(revoked.Role),
        },
        RoleRecertified again => subject with
        {
            Grants = subject.Grants.SetItem(again.Role, subject.Grants[again.Role] with { Recertified = new() { At = again.At, By = again.By, Reason = again.Reason } }),
        },
        LegalHoldPlaced placed => subject with { Holds = subject.Holds.SetItem(placed.Hold, new() { Id = placed.Hold, Reason = placed.Reason, PlacedBy = placed.By, PlacedAt = placed.At }) },
        LegalHoldLifted lifted => subject with { Holds = subject.Holds.Remove(lifted.Hold) },
        _ => subject,
    };
}

/// <param name="GrantedAt">When it was granted, the last time.</param>
/// <param name="Recertified">When an administrator confirmed it again; null while nobody did.</param>
public sealed record Grant(DateTimeOffset GrantedAt, LastRecertification? Recertified);

/// <param name="Basis"><c>sign-in</c> or <c>team:{name}</c>.</param>
public sealed record PersonRecognized(string Subject, string Basis, string By, DateTimeOffset At);

public sealed record RoleGranted(string Subject, string Role, Sealed? Reason, string By, DateTimeOffset At);

public sealed record RoleRevoked(string Subject, string Role, Sealed? Reason, string By, DateTimeOffset At);

[JsonDerivedType(typeof(RecognizePerson), "recognize-person")]
[JsonDerivedType(typeof(GrantRole), "grant-role")]
[JsonDerivedType(typeof(RevokeRole), "revoke-role")]
[JsonDerivedType(typeof(RecertifyRole), "recertify-role")]
[JsonDerivedType(typeof(PlaceLegalHold), "place-legal-hold")]
[JsonDerivedType(typeof(LiftLegalHold), "lift-legal-hold")]
public abstract record SubjectCommand;

public sealed record RecognizePerson(string Subject, string Basis) : SubjectCommand;

/// <param name="Seed">True only for the first administrator, who comes from configuration.</param>
public sealed record GrantRole(string Subject, string Role, Sealed? Reason, bool Seed = false) : SubjectCommand;

public sealed record RevokeRole(string Subject, string Role, Sealed? Reason) : SubjectCommand;

public static class SubjectDecider
{
    public static Decision Decide(Subject subject, SubjectCommand command, Actor actor, DateTimeOffset at) => command switch
    {
        RecognizePerson recognize when Name.IsMachine(recognize.Subject) => Unprocessable("subject-not-a-person", $"{recognize.Subject} is a machine's subject; it is never taken for a person."),
        RecognizePerson recognize => subject.IsPerson ? Nothing : Accept(new PersonRecognized(recognize.Subject, recognize.Basis, actor.Subject, at)),
        GrantRole grant => Grant(subject, grant, actor, at),
        RevokeRole revoke when !actor.Holds(Roles.Administrator) => Forbidden("administrator-required", $"Roles are taken back by an administrator; {actor.Subject} is none, so {revoke.Role} stays."),
        RevokeRole revoke => subject.GrantedRoles.Contains(revoke.Role)
            ? Accept(new RoleRevoked(revoke.Subject, revoke.Role, revoke.Reason, actor.Subject, at))
            : NotFound("role-not-granted", $"{revoke.Subject} was not granted the role {revoke.Role}."),
        PlaceLegalHold place => LegalHoldRules.Place(subject, place, actor, at),
        LiftLegalHold lift => LegalHoldRules.Lift(subject, lift, actor, at),
        RecertifyRole recertify => RecertificationRules.Recertify(subject, recertify, actor, at),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>Nobody grants a role to themselves, and nobody both administers and approves. Only the service itself seeds, and only an administrator.</summary>
    private static Decision Grant(Subject subject, GrantRole grant, Actor actor, DateTimeOffset at)
    {
        if (grant.Seed)
        {
            if (!actor.IsSystem || grant.Role != Roles.Administrator)
                return Forbidden("seed-not-allowed", "Only the first administrator is seeded, from the configuration, when the service starts; any other role is granted by an administrator.");
            if (subject.TakenBack.Contains(grant.Role)) return Nothing;
        }
        else
        {
            if (!actor.Human || !actor.Holds(Roles.Administrator)) return Forbidden("administrator-required", "Roles are granted by a person who is an administrator.");
            if (actor.Parties.Contains(grant.Subject, StringComparer.Ordinal)) return Forbidden("grantee-is-grantor", $"{actor.Subject} cannot grant a role to themselves; another administrator must.");
        }

        if (grant.Role == Roles.Administrator && subject.GrantedRoles.Any(r => Roles.Approvers.Contains(r, StringComparer.Ordinal)))
            return Conflict("approver-never-administers", $"{grant.Subject} holds an approver role; administrators never approve, so take that role back first.");
        if (Roles.Approvers.Contains(grant.Role, StringComparer.Ordinal) && subject.GrantedRoles.Contains(Roles.Administrator))
            return Conflict("administrator-never-approves", $"{grant.Subject} is an administrator, and administrators never approve.");

        return subject.GrantedRoles.Contains(grant.Role) ? Nothing : Accept(new RoleGranted(grant.Subject, grant.Role, grant.Reason, actor.Subject, at));
    }
}
