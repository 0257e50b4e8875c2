using System.Security.Cryptography;
using System.Text;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>Something that waits for somebody.</summary>
/// <param name="Kind">One of <see cref="TaskKind.All"/>.</param>
/// <param name="Team">The team that owns what it is about; null where no team does.</param>
/// <param name="Since">From when on it waits.</param>
public sealed record OpenTask(string Kind, TaskAbout About, string? Team, DateTimeOffset Since, DateTimeOffset Due)
{
    /// <summary>The one person whose it is.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whoever holds one of these may do it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether any member of <see cref="Team"/> may do it.</summary>
    public bool ForTeam { get; init; }

    /// <summary>Who may not do it, whatever their role: authors, requesters, whoever has had their say.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Whether it is for people who are no members of <see cref="Team"/>.</summary>
    public bool OutsideTeam { get; init; }

    /// <summary>Whether nobody need see it before it is nearly due, as with what falls due by the calendar.</summary>
    public bool Ahead { get; init; }

    /// <summary>From when on it can be done no more; null where it waits until it is done.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The same for the same kind about the same thing, whenever it is asked for.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [Kind, About.Model, $"{About.Version}", About.Dataset, About.Subject, About.Role, About.Environment, About.Item]))).AsSpan(0, 16));

    /// <summary>Equal in every part, lists included.</summary>
    public bool IsSameAs(OpenTask other) =>
        this with { Roles = other.Roles, Excluded = other.Excluded } == other && Roles.SequenceEqual(other.Roles, StringComparer.Ordinal) && Excluded.SequenceEqual(other.Excluded, StringComparer.Ordinal);
}

/// <summary>What a task is about; what does not apply is null.</summary>
/// <param name="Item">Id of the finding, condition, approval or break-glass.</param>
public sealed record TaskAbout(
    string? Model = null, int? Version = null, string? Dataset = null, string? Subject = null, string? Role = null, string? Environment = null, string? Item = null);
