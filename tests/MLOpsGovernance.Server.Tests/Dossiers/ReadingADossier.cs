using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Dossiers;

/// <summary>Everything about a version in one reading, of which no two parts contradict each other.</summary>
public sealed class ReadingADossier(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Shows_who_decided_what_on_which_data_and_where_it_runs()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync();
        await world.ApprovedAsync();
        var allowed = await world.AllowedAsync();
        await World.Must(201, world.DeployAsync(allowed));

        var dossier = await DossierAsync(world);

        dossier["model"].Text("name").ShouldBe(world.Model);
        dossier["version"]!["approvals"]!.AsArray().ShouldHaveSingleItem().Text("state").ShouldBe("live");
        dossier["team"].Text("name").ShouldBe("flowers");
        dossier["datasets"]!.AsArray().ShouldHaveSingleItem()!["classification"]!["confirmed"].Text("sensitivity").ShouldBe("public");
        dossier["environments"]!.AsArray().ShouldHaveSingleItem()!["observation"].Text("state").ShouldBe("as recorded, not observed");
        dossier["model"]!["deployments"]!.AsArray().ShouldHaveSingleItem().Text("decisionId").ShouldBe(allowed.Text("decisionId"));
        dossier["decisionsTotal"]!.GetValue<int>().ShouldBe(2);
        dossier["decisions"]!.AsArray().Select(d => d.Text("decisionId")).ShouldBe([allowed.Text("decisionId"), denied.Text("decisionId")], "the latest first");
        dossier["decisions"]![1]!["failed"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldContain("release/REL-002");
        dossier["decisions"]![0]!["failed"]!.AsArray().ShouldBeEmpty();
        dossier["history"]!.AsArray().Select(e => e.Text("type")).ShouldBe(
            ["model_registered", "model_risk_confirmed", "model_version_registered", "review_requested", "version_approved", "model_deployed"]);
    }

    [Fact]
    public async Task Names_every_stream_it_read_at_the_version_it_read()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));

        var dossier = await DossierAsync(world);

        var read = dossier["read"]!.AsArray().ToDictionary(r => r.Text("stream"), r => r!["version"]!.GetValue<long>());
        read.Keys.ShouldBe([$"dataset:{world.Dataset}", "environment:production", $"model:{world.Model}", "team:flowers"]);
        foreach (var (stream, version) in read) (await world.EventsAsync(stream: stream)).Count.ShouldBe((int)version, stream);
        var last = dossier["history"]!.AsArray()[^1]!;
        last["streamVersion"]!.GetValue<long>().ShouldBe(read[$"model:{world.Model}"]);
        last["sequence"]!.GetValue<long>().ShouldBeLessThanOrEqualTo(dossier["sequence"]!.GetValue<long>());
        var trail = await World.Must(200, world.Carl.GetJsonAsync($"/audit/events?stream=model:{world.Model}&limit=500"));
        trail.Json!["items"]!.AsArray().Select(e => e.Text("id")).ShouldBe(dossier["history"]!.AsArray().Select(e => e.Text("id")));
    }

    [Fact]
    public async Task Follows_the_data_back_to_what_it_was_made_from()
    {
        var world = shared.NextWorld();
        await new World(shared.Server, $"{world.Model}-other", world.Dataset).FoundedAsync();
        var (raw, clean) = ($"{world.Dataset}-raw", $"{world.Dataset}-clean");
        await World.Must(201, world.Ann.PostJsonAsync("/datasets", new { name = raw, team = "flowers" }));
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{raw}/versions", new { version = "1", digest = World.Artifact }));
        await World.Must(201, world.Ann.PostJsonAsync("/datasets", new { name = clean, team = "flowers" }));
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{clean}/versions", new { version = "1", digest = World.OtherArtifact, sources = new[] { new { name = raw, version = "1" } } }));
        await World.Must(201, world.Ann.PostJsonAsync("/models", new { name = world.Model, team = "flowers", purpose = "tell flowers apart" }));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", new { artifactDigest = World.Artifact, authors = Array.Empty<string>(), datasets = new[] { new { name = clean, version = "1" } } }));

        var dossier = await DossierAsync(world);

        dossier["datasets"]!.AsArray().Select(d => d.Text("name")).ShouldBe([clean, raw]);
        dossier["read"]!.AsArray().Select(r => r.Text("stream")).ShouldContain($"dataset:{raw}");
    }

    [Fact]
    public async Task Leaves_out_what_concerns_another_version_only()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        var other = await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "of the second", severity = "low", version = 2 }));
        var own = await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "of the first", severity = "low", version = 1 }));
        var all = await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "of both", severity = "low" }));
        await world.CheckAsync(version: 2, artifact: World.OtherArtifact);

        var dossier = await DossierAsync(world);

        dossier["model"]!["findings"]!.AsArray().Select(f => f.Text("id")).ShouldBe([own.Text("id"), all.Text("id")]);
        other.Text("id").ShouldNotBeNullOrEmpty();
        dossier["model"]!["versions"]!.AsArray().ShouldBeEmpty();
        dossier["decisions"]!.AsArray().ShouldBeEmpty();
        dossier["history"]!.AsArray().Select(e => e.Text("type")).ShouldBe(["model_registered", "model_risk_confirmed", "model_version_registered", "finding_opened", "finding_opened"]);
    }

    /// <summary>While others write: what it says of the model's state is what its own history and positions say.</summary>
    [Fact]
    public async Task Never_mixes_a_state_with_a_history_of_another_moment()
    {
        const int Writers = 4, Each = 25;
        var world = await shared.FoundedAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < Each; i++) await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = $"{writer} {i}", severity = "low" }));
        }));

        var seen = new HashSet<int>();
        while (!writing.IsCompleted) Agrees(await DossierAsync(world));
        await writing;

        Agrees(await DossierAsync(world)).ShouldBe(Writers * Each);
        seen.Count.ShouldBeGreaterThan(2, "it was read in between");

        int Agrees(JsonNode dossier)
        {
            var findings = dossier["model"]!["findings"]!.AsArray().Count;
            var version = dossier["read"]!.AsArray().Single(r => r.Text("stream") == $"model:{world.Model}")!["version"]!.GetValue<int>();
            var history = dossier["history"]!.AsArray();
            history.Count.ShouldBe(version);
            history.Count(e => e.Text("type") == "finding_opened").ShouldBe(findings);
            history[^1]!["streamVersion"]!.GetValue<int>().ShouldBe(version);
            seen.Add(findings);
            return findings;
        }
    }

    [Fact]
    public async Task Says_which_is_not_known_the_model_or_the_version()
    {
        var world = await shared.FoundedAsync();
        await World.Refused(404, "model-unknown", world.Ann.GetJsonAsync("/models/nobody/versions/1/dossier"));
        await World.Refused(404, "version-unknown", world.Ann.GetJsonAsync($"{world.Path()}/versions/9/dossier"));
    }

    private static async Task<JsonNode> DossierAsync(World world) => (await World.Must(200, world.Carl.GetJsonAsync($"{world.Path(1)}/dossier"))).Json!;
}
