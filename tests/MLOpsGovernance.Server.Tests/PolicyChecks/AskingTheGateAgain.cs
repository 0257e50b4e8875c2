using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>A repeat under the same idempotency key is the same question: it gets the first decision, whatever has happened since.</summary>
public sealed class AskingTheGateAgain(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Gives_the_first_decision_under_the_same_key()
    {
        var world = await shared.FoundedAsync();
        var first = await world.CheckAsync(key: $"{world.Model}-run-7");
        first.Text("outcome").ShouldBe("deny");
        await world.ApprovedAsync();

        var again = await World.Must(200, world.CheckAsync(key: $"{world.Model}-run-7"));

        JsonNode.DeepEquals(again.Json, first.Json).ShouldBeTrue(again.Json!.ToJsonString());
        (await world.EventsAsync(stream: $"check:{first.Text("decisionId")}")).Count.ShouldBe(1);
        var fresh = await world.CheckAsync(key: $"{world.Model}-run-8");
        (fresh.Text("outcome"), fresh.Text("decisionId") == first.Text("decisionId")).ShouldBe(("allow", false));
    }

    [Fact]
    public async Task Gives_one_decision_to_all_who_ask_at_once_under_one_key()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => world.CheckAsync(key: $"{world.Model}-at-once")));

        answers.ShouldAllBe(a => a.Status == 200 && JsonNode.DeepEquals(a.Json, answers[0].Json));
        (await world.EventsAsync(stream: $"check:{answers[0].Text("decisionId")}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_refused_when_it_is_another_question()
    {
        var world = await shared.FoundedAsync();
        var key = $"{world.Model}-once";
        await World.Must(200, world.CheckAsync(key: key));

        await World.Refused(422, "idempotency-key-reused", world.CheckAsync(environment: "staging", key: key));
        await World.Refused(422, "idempotency-key-reused", world.CheckAsync(action: "rollback", key: key));
        await World.Refused(422, "idempotency-key-reused", world.CheckAsync(artifact: World.OtherArtifact, key: key));
        await World.Refused(422, "idempotency-key-reused", world.CheckAsync(dryRun: true, key: key));
        await World.Refused(422, "idempotency-key-reused", world.CheckAsync(version: 2, key: key));
    }

    [Fact]
    public async Task Gives_each_caller_a_decision_of_their_own()
    {
        var world = await shared.FoundedAsync();
        var key = $"{world.Model}-shared";
        var mine = await World.Must(200, world.CheckAsync(key: key));

        var theirs = await World.Must(200, world.Ann.PostJsonAsync("/policy-checks", new { model = world.Model, version = 1, environment = "production", artifactDigest = World.Artifact }, key));

        theirs.Text("decisionId").ShouldNotBe(mine.Text("decisionId"));
        theirs.Text("requestedBy").ShouldBe("ann");
    }

    [Fact]
    public async Task Deploys_once_under_one_key()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var body = new { model = world.Model, version = 1, environment = "production", decisionId = (await world.AllowedAsync()).Text("decisionId") };

        var first = await World.Must(201, world.Pipeline.PostJsonAsync("/deployments", body, $"{world.Model}-deploy"));
        var again = await World.Must(201, world.Pipeline.PostJsonAsync("/deployments", body, $"{world.Model}-deploy"));

        again.Text("id").ShouldBe(first.Text("id"));
        (await world.EventsAsync("model_deployed")).Count.ShouldBe(1);
        await World.Refused(409, "decision-used", world.Pipeline.PostJsonAsync("/deployments", body, $"{world.Model}-deploy-2"));
    }
}
