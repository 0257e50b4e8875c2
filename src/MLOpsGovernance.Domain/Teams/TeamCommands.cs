using System.Text.Json.Serialization;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Teams;

[JsonDerivedType(typeof(FormTeam), "form-team")]
[JsonDerivedType(typeof(RenameTeam), "rename-team")]
[JsonDerivedType(typeof(PutMember), "put-member")]
[JsonDerivedType(typeof(RemoveMember), "remove-member")]
public abstract record TeamCommand;

public sealed record FormTeam(string Name, string? DisplayName) : TeamCommand;

public sealed record RenameTeam(string? DisplayName) : TeamCommand;

public sealed record PutMember(string Subject, IReadOnlyList<string> Functions, IReadOnlyList<string> Skills) : TeamCommand;

public sealed record RemoveMember(string Subject) : TeamCommand;

public static class TeamDecider
{
    public static Decision Decide(Team team, TeamCommand command, Actor actor, DateTimeOffset at) => (team, command) switch
    {
        ({ Exists: true }, FormTeam form) => Conflict("team-exists", $"A team named {form.Name} exists already; choose another name."),
        (_, FormTeam form) => Accept(new TeamFormed(form.Name, form.DisplayName, actor.Subject, at, ForOthers: !actor.HoldsAny(Roles.OfTeams))),
        ({ Exists: false }, _) => NotFound("team-unknown", "There is no such team; form it first."),
        (_, RenameTeam rename) => rename.DisplayName == team.DisplayName ? Nothing : Accept(new TeamRenamed(rename.DisplayName, actor.Subject, at)),
        (_, PutMember put) when Name.IsMachine(put.Subject) =>
            Unprocessable("member-not-a-person", $"{put.Subject} is a machine's subject; the members of a team are people."),
        (_, PutMember put) => Put(team, put, actor, at),
        (_, RemoveMember remove) => team.Members.ContainsKey(remove.Subject) || team.Founder == remove.Subject
            ? Accept(new MemberLeft(remove.Subject, actor.Subject, at))
            : NotFound("member-unknown", $"{remove.Subject} is no member of {team.Name}."),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static Decision Put(Team team, PutMember put, Actor actor, DateTimeOffset at)
    {
        if (!team.Members.TryGetValue(put.Subject, out var member))
            return Accept(new MemberJoined(put.Subject, put.Functions, put.Skills, actor.Subject, at));

        return member.Functions.SequenceEqual(put.Functions, StringComparer.Ordinal) && member.Skills.SequenceEqual(put.Skills, StringComparer.Ordinal)
            ? Nothing
            : Accept(new MemberChanged(put.Subject, put.Functions, put.Skills, actor.Subject, at));
    }
}
