using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.ApiKeys;

/// <summary>A pipeline's key does what a pipeline does, within its scope and its time, and its owner answers for it.</summary>
public sealed class UsingAKey(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Kim => shared.Server.As("dev:contributor:kim");

    [Fact]
    public async Task Goes_from_registration_to_deployment()
    {
        var world = await shared.FoundedAsync();
        var (id, key) = await KeyAsync(new { name = "release", teams = new[] { "flowers" }, environments = new[] { "production" } });
        var me = (await World.Must(200, key.GetJsonAsync("/me"))).Json!;
        (me.Text("subject"), me.Text("owner"), me["person"]!.GetValue<bool>()).ShouldBe(($"key:{id}", "kim", false));
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["pipeline"]);

        var version = await World.Must(201, key.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        version.Json!["authors"]!.AsArray().Select(a => a!.GetValue<string>()).ShouldBe([$"key:{id}", "kim"]);
        version.Json["humanAuthors"]!.AsArray().Select(a => a!.GetValue<string>()).ShouldBe(["kim"]);
        version.Text("registeredBy").ShouldBe($"key:{id}");
        await world.ApprovedAsync(version: 2);
        var check = await World.Must(200, CheckAsync(key, world, "production"));
        check.Text("outcome").ShouldBe("allow");
        check.Text("requestedBy").ShouldBe($"key:{id}");
        (await World.Must(201, DeployAsync(key, world, check, "production"))).Text("by").ShouldBe($"key:{id}");

        var told = (await world.EventsAsync("model_deployed")).ShouldHaveSingleItem();
        (told.Text("actor"), told.Text("owner")).ShouldBe(($"key:{id}", "kim"));
    }

    [Fact]
    public async Task Stops_at_the_teams_it_was_made_for()
    {
        var world = await shared.FoundedAsync();
        var (id, key) = await KeyAsync(new { name = "elsewhere", teams = new[] { "trees" } });

        await World.Refused(403, "out-of-scope", key.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await World.Refused(403, "out-of-scope", key.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Refused(403, "out-of-scope", key.PutJsonAsync($"{world.Path()}/aliases/champion", new { version = 1 }));
        await World.Refused(403, "out-of-scope", key.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low" }));
        await World.Refused(403, "out-of-scope", CheckAsync(key, world, "production", 1));
        await world.ApprovedAsync();
        await World.Refused(403, "out-of-scope", DeployAsync(key, world, await world.AllowedAsync(), "production", 1));
        await World.Refused(403, "out-of-scope", key.PostJsonAsync($"/datasets/{world.Dataset}/versions", new { version = "2", digest = World.OtherArtifact }));

        Attempts(await world.EventsAsync("attempt_refused"), id).ShouldBe(["register-version", "request-review", "set-alias", "open-finding", "check-policy", "record-deployment"]);
        Attempts(await world.EventsAsync("attempt_refused", $"dataset:{world.Dataset}"), id).ShouldBe(["register-dataset-version"]);
        (await world.Ann.GetJsonAsync(world.Path())).Json!["versions"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stops_at_the_environments_it_was_made_for()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var (id, key) = await KeyAsync(new { name = "staging only", environments = new[] { "staging" } });
        var check = await World.Must(200, CheckAsync(key, world, "staging", 1));

        await World.Refused(403, "out-of-scope", CheckAsync(key, world, "production", 1));
        await World.Refused(403, "out-of-scope", DeployAsync(key, world, await world.AllowedAsync(), "production", 1));

        Attempts(await world.EventsAsync("attempt_refused"), id).ShouldBe(["check-policy", "record-deployment"]);
        await World.Must(201, DeployAsync(key, world, check, "staging", 1));
    }

    [Fact]
    public async Task Ends_when_its_time_is_over()
    {
        var (_, key) = await KeyAsync(new { name = "for an hour", expiresAt = shared.Clock.GetUtcNow().AddHours(1) });
        await World.Must(200, key.GetJsonAsync("/me"));

        shared.Clock.Forward(TimeSpan.FromMinutes(61));

        await World.Refused(401, "unauthenticated", key.GetJsonAsync("/me"));
    }

    [Theory]
    [InlineData("dev:contributor:kim")]
    [InlineData("dev:administrator:root")]
    public async Task Ends_at_once_when_it_is_revoked_by_its_owner_or_an_administrator(string token)
    {
        var (id, key) = await KeyAsync(new { name = "lost" });
        await World.Must(200, key.GetJsonAsync("/me"));

        await World.Must(200, shared.Server.As(token).PostJsonAsync($"/api-keys/{id}/revocation", new { reason = "lost" }));

        await World.Refused(401, "unauthenticated", key.GetJsonAsync("/me"));
        await World.Refused(409, "api-key-revoked", Kim.PostJsonAsync($"/api-keys/{id}/revocation"));
    }

    [Fact]
    public async Task Is_not_ended_by_anybody_else()
    {
        var world = shared.NextWorld();
        var (id, key) = await KeyAsync(new { name = "mine" });

        await World.Refused(403, "not-the-owner", world.Ann.PostJsonAsync($"/api-keys/{id}/revocation"));
        await World.Refused(403, "forbidden", key.PostJsonAsync($"/api-keys/{id}/revocation"));
        await World.Refused(404, "api-key-unknown", Kim.PostJsonAsync($"/api-keys/{Guid.NewGuid():N}/revocation"));

        await World.Must(200, key.GetJsonAsync("/me"));
        (await world.EventsAsync("attempt_refused", $"key:{id}")).Select(e => (e.Text("actor"), e["data"].Text("code"))).ShouldBe([("ann", "not-the-owner"), ($"key:{id}", "forbidden")]);
    }

    [Fact]
    public async Task Needs_the_whole_key()
    {
        var (id, _) = await KeyAsync(new { name = "guessed" });
        string[] guesses =
        [
            $"mlgov_{id}_", $"mlgov_{id}_{new string('A', 43)}", $"mlgov_{Guid.NewGuid():N}_{new string('A', 43)}", "mlgov_", $"mlgov_{id}", $"dev:pipeline:key:{id}", $"dev:contributor:key:{id}",
        ];

        foreach (var guess in guesses) (await shared.Server.As(guess).GetJsonAsync("/me")).Status.ShouldBe(401, guess);
    }

    [Fact]
    public async Task Makes_no_keys_grants_nothing_and_classifies_nothing()
    {
        var world = await shared.FoundedAsync();
        var (_, key) = await KeyAsync(new { name = "ambitious" });

        await World.Refused(403, "forbidden", key.PostJsonAsync("/api-keys", new { name = "another" }));
        await World.Refused(403, "forbidden", key.PutJsonAsync("/subjects/kim/roles/model-validator"));
        await World.Refused(403, "forbidden", key.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "minimal", tier = 3, reason = "a toy" }));
        await World.Refused(403, "forbidden", key.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "public", personalData = false }));
        await World.Refused(403, "forbidden", key.PutJsonAsync("/environments/production", new { gated = false, reason = "in the way" }));
    }

    /// <summary>Whoever answers for the work is no outsider to it, so their word on its risk is a proposal.</summary>
    [Fact]
    public async Task Makes_its_owner_an_insider_who_only_proposes_a_class()
    {
        var world = await shared.FoundedAsync();
        var (_, key) = await KeyAsync(new { name = "training" });
        await World.Must(201, key.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));

        var answer = await World.Must(200, world.As("dev:ai-risk-officer:kim").PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "minimal", tier = 2, reason = "mine" }));

        answer.Json!["risk"]!["confirmed"]!["tier"]!.GetValue<int>().ShouldBe(3);
        answer.Json["risk"]!["proposed"]!["tier"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task Ends_within_a_year(int days) =>
        await World.Refused(422, "expiry-out-of-range", Kim.PostJsonAsync("/api-keys", new { name = "forever", expiresAt = shared.Clock.GetUtcNow().AddDays(days) }));

    [Fact]
    public async Task Shows_its_secret_once_and_itself_to_its_owner_and_to_administrators()
    {
        var world = shared.NextWorld();
        var made = await World.Must(201, Kim.PostJsonAsync("/api-keys", new { name = "secret" }));
        var (id, secret) = (made.Text("id"), made.Text("token").Split('_', 3)[2]);
        made.Json!["expiresAt"]!.GetValue<DateTimeOffset>().ShouldBe(shared.Clock.GetUtcNow().AddDays(90), TimeSpan.FromMinutes(1));

        (await ListedAsync(Kim)).ShouldContain(id);
        (await ListedAsync(world.Root)).ShouldContain(id);
        (await ListedAsync(world.Ann)).ShouldNotContain(id);
        foreach (var path in new[] { $"/api-keys/{id}", "/api-keys?limit=500", $"/audit/events?stream=key:{id}" })
            (await World.Must(200, Kim.GetJsonAsync(path))).Json!.ToJsonString().ShouldNotContain(secret);
    }

    /// <summary>Pages are made of what the caller may see: none is empty, and no cursor names anybody else's key.</summary>
    [Fact]
    public async Task Is_listed_in_full_pages_of_its_owners_own()
    {
        var (lou, others) = (shared.Server.As("dev:contributor:lou"), new List<string>());
        List<string> own = [];
        for (var i = 0; i < 3; i++)
        {
            others.Add((await KeyAsync(new { name = "another's" })).Id);
            own.Add((await World.Must(201, lou.PostJsonAsync("/api-keys", new { name = $"own {i}", teams = new[] { "flowers" } }))).Text("id"));
        }

        await World.Must(200, lou.PostJsonAsync($"/api-keys/{own[0]}/revocation", new { reason = "lost" }));

        List<JsonNode> listed = [];
        for (var next = ""; next is not null;)
        {
            var page = (await World.Must(200, lou.GetJsonAsync($"/api-keys?limit=2{next}"))).Json!;
            page["items"]!.AsArray().Count.ShouldBeGreaterThan(0);
            listed.AddRange(page["items"]!.AsArray().Select(k => k!));
            var cursor = page["nextCursor"]?.GetValue<string>();
            others.ShouldAllBe(other => cursor == null || !cursor.Contains(other));
            next = cursor is null ? null : $"&cursor={cursor}";
        }

        listed.Select(k => k.Text("id")).ShouldBe(own, ignoreOrder: true);
        listed.ShouldAllBe(k => k.Text("owner") == "lou" && k["scope"]!["teams"]![0]!.GetValue<string>() == "flowers");
        listed.Where(k => k["revokedAt"] is not null).Select(k => k.Text("id")).ShouldBe([own[0]]);
        (await ListedAsync(shared.Server.As("dev:administrator:root"))).ShouldBeSubsetOf([.. await ListedAsync(Kim), .. own]);
    }

    private async Task<(string Id, HttpClient Key)> KeyAsync(object body)
    {
        var made = await World.Must(201, Kim.PostJsonAsync("/api-keys", body));
        return (made.Text("id"), shared.Server.As(made.Text("token")));
    }

    private static async Task<List<string>> ListedAsync(HttpClient by) => [.. (await World.Must(200, by.GetJsonAsync("/api-keys?limit=500"))).Json!["items"]!.AsArray().Select(k => k.Text("id"))];

    private static Task<Answer> CheckAsync(HttpClient key, World world, string environment, int version = 2) => key.PostJsonAsync(
        "/policy-checks", new { model = world.Model, version, environment, artifactDigest = version == 1 ? World.Artifact : World.OtherArtifact });

    private static Task<Answer> DeployAsync(HttpClient key, World world, Answer check, string environment, int version = 2) =>
        key.PostJsonAsync("/deployments", new { model = world.Model, version, environment, decisionId = check.Text("decisionId") });

    private static IEnumerable<string> Attempts(IReadOnlyList<JsonNode> events, string id)
    {
        events.ShouldAllBe(e => e.Text("actor") == $"key:{id}" && e.Text("owner") == "kim" && e["data"].Text("code") == "out-of-scope");
        return events.Select(e => e["data"].Text("action"));
    }
}
