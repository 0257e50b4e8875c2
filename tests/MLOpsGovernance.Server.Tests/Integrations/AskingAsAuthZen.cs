using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Integrations;

/// <summary>The gate by the AuthZEN Authorization API: may this subject deploy that version to that environment?</summary>
public sealed class AskingAsAuthZen(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Says_no_with_the_reason_and_yes_once_the_gate_allows()
    {
        var world = await shared.FoundedAsync();

        var no = await AskAsync(world, Evaluation(world));
        await world.ApprovedAsync();
        var yes = await AskAsync(world, Evaluation(world));

        (no["decision"]!.GetValue<bool>(), yes["decision"]!.GetValue<bool>()).ShouldBe((false, true));
        no["context"]!["rules"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldContain("REL-002");
        no["context"].Text("reason").ShouldContain("approval");
        (await World.Must(200, world.Ann.GetJsonAsync($"/policy-checks/{yes["context"].Text("decisionId")}"))).Text("outcome").ShouldBe("allow");
    }

    [Fact]
    public async Task Takes_the_model_and_its_version_apart_or_together_and_the_registered_artifact_unless_another_is_named()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        object Resource(object resource) => new { subject = new { type = "user", id = "pipeline" }, action = new { name = "deploy" }, resource, context = new { environment = "production" } };

        (await AskAsync(world, Resource(new { type = "model", id = world.Model, properties = new { version = 1 } })))["decision"]!.GetValue<bool>().ShouldBeTrue();
        (await AskAsync(world, Resource(new { type = "model", id = world.Model, properties = new { version = 1, artifactDigest = World.OtherArtifact } })))["decision"]!.GetValue<bool>().ShouldBeFalse();
        (await AskAsync(world, Resource(new { type = "model-version", id = $"{world.Model}/9" })))["context"].Text("code").ShouldBe("version-unknown");
        (await AskAsync(world, Resource(new { type = "model-version", id = $"{world.Model}-nowhere/1" })))["context"].Text("code").ShouldBe("model-unknown");
    }

    [Theory]
    [InlineData("pipeline", true)]
    [InlineData("bob", true)]
    [InlineData("mallory", false)]
    [InlineData("a b", false)]
    public async Task Asks_of_somebody_else_whether_they_may_deploy_at_all(string subject, bool decision)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        (await AskAsync(world, Evaluation(world, subject)))["decision"]!.GetValue<bool>().ShouldBe(decision);
    }

    [Theory]
    [InlineData("""{}""", "subject")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"}}""", "action")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"},"action":{"name":"deploy"}}""", "resource")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"},"action":{"name":"deploy"},"resource":{"type":"file","id":"x"}}""", "resource.type")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"},"action":{"name":"deploy"},"resource":{"type":"model","id":"x"}}""", "resource")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"},"action":{"name":"deploy"},"resource":{"type":"model-version","id":"x/0"}}""", "resource")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"},"action":{"name":"deploy"},"resource":{"type":"model-version","id":"x/1"}}""", "context")]
    [InlineData("""{"subject":{"type":"user","id":"pipeline"},"action":{"name":"smuggle"},"resource":{"type":"model-version","id":"x/1"},"context":{"environment":"production"}}""", "action")]
    public async Task Is_refused_where_it_is_no_question(string body, string field)
    {
        var (answer, _) = await shared.NextWorld().Pipeline.PostOutsideAsync("/access/v1/evaluation", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        answer.Status.ShouldBe(400);
        answer.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field);
    }

    [Theory]
    [InlineData("execute_all", new[] { true, false, false })]
    [InlineData("deny_on_first_deny", new[] { true, false })]
    [InlineData("permit_on_first_permit", new[] { true })]
    [InlineData(null, new[] { true, false, false })]
    public async Task Answers_a_batch_as_far_as_it_is_meant_to_go(string? semantic, bool[] decisions)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var body = new JsonObject
        {
            ["subject"] = new JsonObject { ["type"] = "user", ["id"] = "pipeline" },
            ["action"] = new JsonObject { ["name"] = "deploy" },
            ["context"] = new JsonObject { ["environment"] = "production" },
            ["evaluations"] = new JsonArray([.. new[] { "1", "9", "none" }.Select(v => new JsonObject { ["resource"] = new JsonObject { ["type"] = "model-version", ["id"] = $"{world.Model}/{v}" } })]),
        };
        if (semantic is not null) body["options"] = new JsonObject { ["evaluations_semantic"] = semantic };

        var (answer, headers) = await world.Pipeline.PostOutsideAsync("/access/v1/evaluations", body, ("Idempotency-Key", $"batch-{world.Model}"), ("X-Request-ID", "r-7"));

        answer.Json!["evaluations"]!.AsArray().Select(e => e!["decision"]!.GetValue<bool>()).ShouldBe(decisions);
        headers.GetValues("X-Request-ID").ShouldBe(["r-7"]);
    }

    [Fact]
    public async Task Answers_a_batch_without_items_as_one_evaluation_and_refuses_what_it_cannot_do()
    {
        var world = await shared.FoundedAsync();

        var (single, _) = await world.Pipeline.PostOutsideAsync("/access/v1/evaluations", Evaluation(world));
        var (sideways, _) = await world.Pipeline.PostOutsideAsync("/access/v1/evaluations", new { evaluations = new[] { Evaluation(world) }, options = new { evaluations_semantic = "sideways" } });
        var (many, _) = await world.Pipeline.PostOutsideAsync("/access/v1/evaluations", new { evaluations = Enumerable.Repeat(Evaluation(world), 21) });

        single.Json!["decision"]!.GetValue<bool>().ShouldBeFalse();
        (sideways.Code, many.Code).ShouldBe(("invalid-evaluation", "invalid-evaluation"));
    }

    [Fact]
    public async Task Is_for_those_who_may_ask_the_gate()
    {
        var world = await shared.FoundedAsync();
        var (refused, _) = await world.As("dev:viewer:vera").PostOutsideAsync("/access/v1/evaluation", Evaluation(world, "vera"));
        (refused.Status).ShouldBe(403);
    }

    [Fact]
    public async Task Tells_anybody_where_it_is()
    {
        using var nobody = new HttpClient { BaseAddress = shared.Server.Address };

        var metadata = (await nobody.GetOutsideAsync("/.well-known/authzen-configuration")).Json;

        metadata.Text("access_evaluation_endpoint").ShouldBe(new Uri(shared.Server.Address, "/access/v1/evaluation").ToString());
        metadata.Text("access_evaluations_endpoint").ShouldBe(new Uri(shared.Server.Address, "/access/v1/evaluations").ToString());
        metadata.Text("policy_decision_point").TrimEnd('/').ShouldBe(shared.Server.Address.ToString().TrimEnd('/'));
    }

    private static object Evaluation(World world, string subject = "pipeline") => new
    {
        subject = new { type = "user", id = subject },
        action = new { name = "deploy" },
        resource = new { type = "model-version", id = $"{world.Model}/1" },
        context = new { environment = "production" },
    };

    private static async Task<JsonNode> AskAsync(World world, object evaluation)
    {
        var (answer, _) = await world.Pipeline.PostOutsideAsync("/access/v1/evaluation", evaluation);
        answer.Status.ShouldBe(200, answer.Json?.ToJsonString());
        return answer.Json!;
    }
}
