namespace MLOpsGovernance.Advisor.People;

/// <param name="Name">How the answer calls this person: a subject, never a name in an event.</param>
/// <param name="Skills">Proficiency by tool: 0 none, 1 aware, 2 with help, 3 independent, 4 leads.</param>
public sealed record Person(string Name, IReadOnlyList<string> Roles, IReadOnlyDictionary<string, int> Skills);

/// <param name="Coverage">Share of the role's groups that somebody holds.</param>
/// <param name="Resilience">Share that two or more hold.</param>
/// <param name="Missing">Groups that nobody holds.</param>
/// <param name="SinglePoint">Groups that hang on one person.</param>
public sealed record RoleSkills(double Coverage, double Resilience, IReadOnlyList<string> Missing, IReadOnlyList<string> SinglePoint);

public sealed record TeamSkillProfile(IReadOnlyDictionary<string, RoleSkills> Roles, double Expertise, double TeamShape);

/// <summary>What a team can do together. No score is worked out for a person.</summary>
public static class TeamSkills
{
    public const int Holds = 3, MostProficient = 4;

    private static readonly string[] Production = ["data_engineer", "software_engineer", "ml_engineer", "mlops_engineer"];

    public static TeamSkillProfile Profile(IReadOnlyCollection<Person> people, SkillCatalogue catalogue)
    {
        var holders = catalogue.Groups.ToDictionary(static g => g.Id, g => people.Count(p => HoldsGroup(p, g)), StringComparer.Ordinal);
        var roles = catalogue.Roles.Where(static r => r.RequiredGroups.Count > 0).ToDictionary(static r => r.Id, r => Of(r.RequiredGroups, holders), StringComparer.Ordinal);
        var operations = roles["mlops_engineer"];
        var present = Production.Count(role => people.Any(p => p.Roles.Any(r => Same(r, role))));
        return new(roles, operations.Coverage + operations.Resilience - 1, (2.0 * present / Production.Length) - 1);
    }

    private static RoleSkills Of(IReadOnlyList<string> groups, Dictionary<string, int> holders) => new(
        (double)groups.Count(g => holders[g] >= 1) / groups.Count,
        (double)groups.Count(g => holders[g] >= 2) / groups.Count,
        [.. groups.Where(g => holders[g] == 0)],
        [.. groups.Where(g => holders[g] == 1)]);

    /// <summary>A tool is an example of its group; an equivalent, or the group itself, counts as much.</summary>
    private static bool HoldsGroup(Person person, SkillGroup group) =>
        person.Skills.Any(skill => skill.Value >= Holds && (Same(skill.Key, group.Id) || group.Tools.Concat(group.Equivalents).Any(tool => Same(tool, skill.Key))));

    private static bool Same(string a, string b) => string.Equals(a.Replace('-', '_').Trim(), b.Replace('-', '_').Trim(), StringComparison.OrdinalIgnoreCase);
}
