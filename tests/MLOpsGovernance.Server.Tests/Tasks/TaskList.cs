using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Tasks;

/// <summary>Tasks as somebody sees them.</summary>
internal static class TaskList
{
    /// <summary>The caller's own tasks about a world's model, or all of a query.</summary>
    public static async Task<IReadOnlyList<JsonNode>> TasksAsync(this HttpClient caller, string query) =>
        [.. (await World.Must(200, caller.GetJsonAsync($"/tasks?limit=500&{query}"))).Json!["items"]!.AsArray().Select(t => t!)];

    public static Task<IReadOnlyList<JsonNode>> TasksOfAsync(this World world, HttpClient caller, string more = "") => caller.TasksAsync($"model={world.Model}{more}");

    public static async Task<IReadOnlyList<string>> KindsOfAsync(this World world, HttpClient caller) => [.. (await world.TasksOfAsync(caller)).Select(t => t.Text("kind")).Order(StringComparer.Ordinal)];

    public static DateTimeOffset Time(this JsonNode? task, string field) => DateTimeOffset.Parse(task.Text(field), System.Globalization.CultureInfo.InvariantCulture);
}
