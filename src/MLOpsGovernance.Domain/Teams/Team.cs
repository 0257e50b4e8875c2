using System.Collections.Immutable;

namespace MLOpsGovernance.Domain.Teams;

/// <summary>A team and its members; null <see cref="Name"/> means that it was never formed.</summary>
public sealed record Team
{
    public string? Name { get; init; }
    public string? DisplayName { get; init; }
    public DateTimeOffset FormedAt { get; init; }
    public ImmutableSortedDictionary<string, Member> Members { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<Member>();

    /// <summary>Who formed it and belongs to it without having joined, until they are removed; null where it was formed for others.</summary>
    public string? Founder { get; init; }

    /// <summary>Whether anybody ever belonged to it.</summary>
    public bool Claimed { get; init; }

    public bool Exists => Name is not null;

    /// <summary>Whether the caller, or the owner of the credential, belongs to it.</summary>
    public bool Includes(Actor actor) => actor.Parties.Any(party => party == Founder || Members.ContainsKey(party));

    /// <summary>Who belongs to it writes for it. While nobody ever did, anybody does: an empty team protects nobody.</summary>
    public bool LetsWrite(Actor actor) => !Claimed || Includes(actor);

    public static Team Evolve(Team team, object e) => e switch
    {
        TeamFormed formed => team with { Name = formed.Name, DisplayName = formed.DisplayName, FormedAt = formed.At, Founder = formed.ForOthers ? null : formed.By, Claimed = !formed.ForOthers },
        TeamRenamed renamed => team with { DisplayName = renamed.DisplayName },
        MemberJoined joined => team with { Claimed = true, Members = team.Members.SetItem(joined.Subject, new(joined.Subject, joined.Functions, joined.Skills)) },
        MemberChanged changed => team with { Members = team.Members.SetItem(changed.Subject, new(changed.Subject, changed.Functions, changed.Skills)) },
        MemberLeft left => team with { Members = team.Members.Remove(left.Subject), Founder = team.Founder == left.Subject ? null : team.Founder },
        _ => team,
    };
}

public sealed record Member(string Subject, IReadOnlyList<string> Functions, IReadOnlyList<string> Skills);

/// <summary>What a member does in the team. A function is not a role: it gives no right.</summary>
public static class Functions
{
    public static IReadOnlyList<string> All { get; } =
        ["data-scientist", "ml-engineer", "mlops-engineer", "data-engineer", "software-engineer", "product-owner"];
}
