using System.Text.Json;
using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Tasks;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>Open tasks as the register's table takes them, many at once.</summary>
internal static class TaskRows
{
    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Json(IEnumerable<OpenTask> tasks) => JsonSerializer.Serialize(tasks.Select(Row), Columns);

    private static TaskRow Row(OpenTask t) => new(
        [.. TaskAudience.Of(t)], t.Id, t.Kind, t.Ahead, t.Due, t.Since, t.Until, t.About.Model, t.About.Version, t.About.Dataset, t.About.Subject, t.About.Role, t.About.Environment, t.About.Item,
        t.Team, t.Assignee, t.ForTeam, t.OutsideTeam, t.Roles, t.Excluded);

    private sealed record TaskRow(
        IReadOnlyList<string> Audiences, string Id, string Kind, bool Ahead, DateTimeOffset Due, DateTimeOffset Since, DateTimeOffset? Until, string? Model, int? Version, string? Dataset, string? Subject,
        string? Role, string? Environment, string? Item, string? Team, string? Assignee, bool ForTeam, bool OutsideTeam, IReadOnlyList<string> Roles, IReadOnlyList<string> Excluded);
}
