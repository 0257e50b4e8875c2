using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Waivers;

/// <summary>Asking for waivers and deciding on them, as a world's people do it.</summary>
internal static class WaiverCalls
{
    /// <summary>Of REL-002 for version 1 in production, for ten days, unless said otherwise.</summary>
    public static Task<Answer> AskForWaiverAsync(
        this World world, HttpClient? by = null, string rule = "REL-002", string environment = "production", int? version = 1, DateTimeOffset? until = null, string? control = "a person looks at each answer", string? key = null) =>
        (by ?? world.Ann).PostJsonAsync("/waivers", new
        {
            model = world.Model, environment, rule, version, expiresAt = until, reason = "the validator is ill", compensatingControl = control, ticket = "RISK-7",
        }, key);

    public static Task<Answer> DecideAsync(this HttpClient by, string id, string what) => by.PostJsonAsync($"/waivers/{id}/{what}", new { reason = "looked at it" });

    /// <summary>The id of one that Rita approved.</summary>
    public static async Task<string> WaivedAsync(this World world, DateTimeOffset until, string rule = "REL-002", string environment = "production", int? version = 1)
    {
        var id = (await World.Must(201, world.AskForWaiverAsync(rule: rule, environment: environment, version: version, until: until))).Text("id");
        await World.Must(200, world.Rita.DecideAsync(id, "approval"));
        return id;
    }

    public static JsonNode Rule(this Answer decision, string rule) => decision.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == rule)!;
}
