using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Tasks;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>For whom a task is, and whose tasks a caller may see as their own.</summary>
internal static class TaskAudience
{
    public const string Everybody = "*";

    /// <summary>Whoever sees to the organisation as a whole, beside their own tasks.</summary>
    public static IReadOnlyList<string> Overseers { get; } = [Roles.ComplianceOfficer, Roles.Administrator, Roles.Executive, Roles.EngineeringLead, Roles.AiRiskOfficer];

    /// <summary>Those who only look do nothing for their team.</summary>
    private static readonly string[] Onlookers = [Roles.Viewer, Roles.Executive, Roles.Pipeline];

    public static IEnumerable<string> Of(OpenTask task)
    {
        yield return Everybody;
        if (task.Assignee is { } assignee) yield return OfSubject(assignee);
        if (task.ForTeam) yield return OfTeam(task.Team!);
        foreach (var role in task.Roles) yield return OfRole(role);
    }

    /// <summary>Machines decide nothing, and administrators approve nothing, whatever else they hold.</summary>
    public static IReadOnlyList<string> Of(Actor caller, IReadOnlyList<string> teams)
    {
        if (!caller.Human) return [];
        var roles = caller.Holds(Roles.Administrator) ? caller.Roles.Except(Roles.Approvers, StringComparer.Ordinal) : caller.Roles;
        return
        [
            OfSubject(caller.Subject), .. roles.Select(OfRole),
            .. caller.Roles.Except(Onlookers, StringComparer.Ordinal).Any() ? teams.Select(OfTeam) : [],
        ];
    }

    private static string OfSubject(string subject) => $"subject:{subject}";

    private static string OfRole(string role) => $"role:{role}";

    private static string OfTeam(string team) => $"team:{team}";
}
