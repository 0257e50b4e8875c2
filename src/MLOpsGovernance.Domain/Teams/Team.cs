using System.Collections.Immutable;

namespace MLOpsGovernance.Domain.Teams;

/// <summary>A team and its members; null <see cref="Name"/> means that it was never formed.</summary>
public sealed record Team
{
    public string? Name { get; init; }
    public string? DisplayName { get; init; }
    public DateTimeOffset FormedAt { get; init; }
    public ImmutableSortedDictionary<string, Member> Members { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<Member>();

    public bool Exists => Name is not null;

    public static Team Evolve(Team team, object e) => e switch
    {
        TeamFormed formed => team with { Name = formed.Name, DisplayName = formed.DisplayName, FormedAt = formed.At },
        TeamRenamed renamed => team with { DisplayName = renamed.DisplayName },
        MemberJoined joined => team with { Members = team.Members.SetItem(joined.Subject, new(joined.Subject, joined.Functions, joined.Skills)) },
        MemberChanged changed => team with { Members = team.Members.SetItem(changed.Subject, new(changed.Subject, changed.Functions, changed.Skills)) },
        MemberLeft left => team with { Members = team.Members.Remove(left.Subject) },
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
