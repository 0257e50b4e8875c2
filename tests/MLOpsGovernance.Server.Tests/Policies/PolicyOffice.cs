using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Policies;

/// <summary>The officers who change policy sets, and sets made of the shipped one.</summary>
internal sealed class PolicyOffice(RunningServer server)
{
    public HttpClient Carl { get; } = server.As("dev:compliance-officer:carl");

    public HttpClient Rita { get; } = server.As("dev:ai-risk-officer:rita");

    public HttpClient Otto { get; } = server.As("dev:compliance-officer:otto");

    /// <summary>The shipped documents and their tests, with changes to some: path, what is there, what comes in its place.</summary>
    public static JsonArray Documents(params (string Path, string Old, string New)[] changes)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "policies");
        var files = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        foreach (var (path, old, replacement) in changes)
        {
            files[path].ShouldContain(old);
            files[path] = files[path].Replace(old, replacement, StringComparison.Ordinal);
        }

        return [.. files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (JsonNode)Document(f.Key, f.Value))];
    }

    public static JsonObject Document(string path, string text) => new() { ["path"] = path, ["text"] = text };

    /// <summary>Something that no decision notices, so that a set of its own comes of it.</summary>
    public static (string, string, string) Renamed(string title) => ("gate/rollback.yaml", "title: The version was live here before, with the same digest", $"title: {title}");

    public static Task<Answer> ProposeAsync(HttpClient by, JsonArray documents, JsonArray? authors = null, string reason = "agreed in the committee") =>
        by.PostJsonAsync("/policies/proposals", new { documents, reason, authors });

    public static async Task<JsonNode> ProposedAsync(HttpClient by, params (string Path, string Old, string New)[] changes) => (await World.Must(201, ProposeAsync(by, Documents(changes)))).Json!;

    public static Task<Answer> AdoptAsync(HttpClient by, JsonNode proposal) => by.PostJsonAsync($"/policies/proposals/{proposal.Text("id")}/adoption");

    public async Task<JsonNode> ReadAsync(JsonNode proposal) => (await World.Must(200, Otto.GetJsonAsync($"/policies/proposals/{proposal.Text("id")}"))).Json!;

    public async Task<string> InForceAsync() => (await World.Must(200, Otto.GetJsonAsync("/policies"))).Text("digest");

    public static IEnumerable<string> Sentences(JsonNode proposal) => proposal["difference"]!["changes"]!.AsArray().Select(c => $"{c.Text("effect")}: {c.Text("sentence")}");
}
