using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>First nobody sees its answers, then some do, then all: each stage asks the gate, is on record, and says how it went.</summary>
public sealed class DeployingInStages(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Goes_from_a_canary_that_succeeded_to_all_of_the_traffic()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync(stage: "canary");
        check.Text("stage").ShouldBe("canary");

        var canary = await World.Must(201, world.DeployAsync(check));
        canary.Text("stage").ShouldBe("canary");
        var concluded = await World.Must(200, ConcludeAsync(world, canary, new { outcome = "succeeded", reason = "no more errors than before", evidence = new[] { World.OtherArtifact } }));
        concluded.Json!["endedAt"].ShouldBeNull();
        concluded.Json!["outcome"].Text("reason").ShouldBe("no more errors than before");
        var full = await World.Must(201, world.DeployAsync(await world.AllowedAsync(stage: "full")));

        var live = await LiveAsync(world);
        live.ShouldHaveSingleItem().Text("id").ShouldBe(full.Text("id"));
        var deployments = (await world.Ann.GetJsonAsync(world.Path())).Json!["deployments"]!.AsArray();
        deployments.Select(d => (d.Text("stage"), d!["outcome"]?["result"]?.GetValue<string>(), d["endedAt"] is null)).ShouldBe([("canary", "succeeded", false), ("full", null, true)]);
        (await world.EventsAsync("deployment_concluded")).ShouldHaveSingleItem()["data"].Text("outcome").ShouldBe("succeeded");
    }

    [Fact]
    public async Task Is_judged_as_the_stage_that_is_asked_for_where_nothing_else_differs()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var canary = await world.AllowedAsync(stage: "canary");
        var full = await world.AllowedAsync(stage: "full");

        full.Text("factsDigest").ShouldNotBe(canary.Text("factsDigest"));
        foreach (var check in new[] { canary, full })
            (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay", new { }))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Leaves_what_answers_everybody_and_ends_with_a_failure()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var full = await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody()));
        await world.ApprovedAsync(version: 2);
        var shadow = await World.Must(201, world.DeployAsync(await world.AllowedAsync(2, stage: "shadow"), version: 2));
        (await LiveAsync(world)).Select(d => (d.Text("id"), d.Text("stage"))).ShouldBe([(full.Text("id"), "full"), (shadow.Text("id"), "shadow")], ignoreOrder: true);

        await World.Must(200, ConcludeAsync(world, shadow, new { outcome = "failed" }));

        (await LiveAsync(world)).ShouldHaveSingleItem().Text("id").ShouldBe(full.Text("id"));
        var row = (await World.Must(200, world.Ann.GetJsonAsync("/models?q=" + world.Model))).Json!["items"]![0]!;
        row["live"]!["production"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Opens_no_way_back_to_what_was_only_tried()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(stage: "canary")));
        (await world.CheckAsync(action: "rollback")).Text("outcome").ShouldBe("deny");
    }

    [Theory]
    [InlineData("deploy", "blue-green", "invalid-value")]
    [InlineData("rollback", "canary", "rollback-is-full")]
    public async Task Is_refused_for_a_stage_that_there_is_not(string action, string stage, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Refused(400, code, world.CheckAsync(action: action, stage: stage));
    }

    [Fact]
    public async Task Refuses_an_outcome_that_says_nothing_comes_twice_or_is_of_nothing()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var full = await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        await World.Refused(400, "invalid-value", ConcludeAsync(world, full, new { outcome = "fine" }));
        await World.Refused(400, "invalid-digest", ConcludeAsync(world, full, new { outcome = "failed", evidence = new[] { "sha256:1" } }));
        await World.Refused(422, "full-deployment-stays", ConcludeAsync(world, full, new { outcome = "failed", ended = true }));
        await World.Must(200, ConcludeAsync(world, full, new { outcome = "failed" }));
        await World.Refused(409, "outcome-recorded", ConcludeAsync(world, full, new { outcome = "succeeded" }));
        await World.Refused(404, "deployment-unknown", world.Pipeline.PostJsonAsync($"{world.Path()}/deployments/{Guid.NewGuid():D}/outcome", new { outcome = "failed" }));
    }

    [Fact]
    public async Task Knows_what_started_the_training_and_where_it_ran()
    {
        var world = await shared.FoundedAsync();
        object Body(string? run, string? trigger, string? environment) => new { artifactDigest = World.Artifact, authors = new[] { "ann" }, run, runTrigger = trigger, runEnvironment = environment };
        var version = await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", Body("run-7", "new-data", "training-cluster")));
        (version.Text("run"), version.Text("runTrigger"), version.Text("runEnvironment")).ShouldBe(("run-7", "new-data", "training-cluster"));
        await World.Refused(400, "run-missing", world.Ann.PostJsonAsync($"{world.Path()}/versions", Body(null, "new-data", null)));
        await World.Refused(400, "invalid-value", world.Ann.PostJsonAsync($"{world.Path()}/versions", Body("run-7", "full-moon", null)));
        await World.Refused(400, "invalid-name", world.Ann.PostJsonAsync($"{world.Path()}/versions", Body("run-7", null, "../x")));
    }

    private static Task<Answer> ConcludeAsync(World world, Answer deployment, object body) => world.Pipeline.PostJsonAsync($"{world.Path()}/deployments/{deployment.Text("id")}/outcome", body);

    private static async Task<IReadOnlyList<JsonNode>> LiveAsync(World world) =>
        [.. (await World.Must(200, world.Ann.GetJsonAsync("/environments/production/deployments?limit=500"))).Json!["items"]!.AsArray().Where(d => d.Text("model") == world.Model)!];
}
