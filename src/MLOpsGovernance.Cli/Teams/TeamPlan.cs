using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Teams;

/// <summary>What is missing for a team to be as the manifest says. Members that only the record knows stay.</summary>
internal static class TeamPlan
{
    public static async Task<IReadOnlyList<PlanStep>> OfAsync(Run run, TeamEntry team, CancellationToken cancellationToken)
    {
        var path = ApiPath.Of($"teams/{team.Name}");
        var known = await run.FindAsync(path, "members", cancellationToken);
        var members = known?.EachOf("members").ToDictionary(member => member.TextOf("subject") ?? "", StringComparer.Ordinal) ?? [];
        return [Team(team, path, known), .. team.Members.Select(member => Member(team, member, path, members))];
    }

    private static PlanStep Team(TeamEntry team, string path, JsonElement? known)
    {
        var what = $"team {team.Name}";
        if (known is null)
        {
            var body = new JsonObject { ["name"] = team.Name };
            if (team.DisplayName is { } name) body["displayName"] = name;
            return PlanStep.Create(what, HttpMethod.Post, "api/v1/teams", body, "name");
        }

        return team.DisplayName is { } displayName && displayName != known.Value.TextOf("displayName")
            ? PlanStep.Update($"{what}: display name '{displayName}'", HttpMethod.Put, path, new() { ["displayName"] = displayName }, "name")
            : PlanStep.Unchanged(what);
    }

    private static PlanStep Member(TeamEntry team, MemberEntry member, string path, Dictionary<string, JsonElement> members)
    {
        var what = $"member {member.Subject} of team {team.Name}";
        path += "/members/" + ApiPath.Segment(member.Subject);
        if (!members.TryGetValue(member.Subject, out var known))
            return PlanStep.Create(what, HttpMethod.Put, path, Body(member.Functions, member.Skills ?? []), "members");

        var skills = known.TextsOf("skills");
        return Same(known.TextsOf("functions"), member.Functions) && (member.Skills is null || Same(skills, member.Skills))
            ? PlanStep.Unchanged(what)
            : PlanStep.Update(what, HttpMethod.Put, path, Body(member.Functions, member.Skills ?? skills), "members");
    }

    private static JsonObject Body(IReadOnlyList<string> functions, IReadOnlyList<string> skills) => new()
    {
        ["functions"] = new JsonArray([.. functions.Select(text => JsonValue.Create(text))]),
        ["skills"] = new JsonArray([.. skills.Select(text => JsonValue.Create(text))]),
    };

    private static bool Same(IReadOnlyList<string> one, IReadOnlyList<string> other) => one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
