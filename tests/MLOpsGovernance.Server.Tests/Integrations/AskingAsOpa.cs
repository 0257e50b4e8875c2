using System.Text;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Integrations;

/// <summary>The gate by OPA's data API: the same recorded decision, and a result in every answer.</summary>
public sealed class AskingAsOpa(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Is_denied_with_every_rule_and_recorded_as_any_other_check()
    {
        var world = await shared.FoundedAsync();

        var answer = await AskAsync(world, "current", Input(world));

        var result = answer["result"]!;
        result["allow"]!.GetValue<bool>().ShouldBeFalse();
        var deny = result["deny"]!.AsArray();
        deny.Select(d => d.Text("id")).ShouldContain("REL-002");
        deny.ShouldAllBe(d => d.Text("msg").Length > 0 && d.Text("policy").Length > 0);
        deny.Single(d => d.Text("id") == "REL-002")!["missing"]!.AsArray().ShouldNotBeEmpty();
        (result["warn"] is JsonArray, result["waived"] is JsonArray).ShouldBe((true, true));
        var decision = await World.Must(200, world.Ann.GetJsonAsync($"/policy-checks/{answer.Text("decision_id")}"));
        (decision.Text("outcome"), decision.Text("requestedBy")).ShouldBe(("deny", "pipeline"));
    }

    [Fact]
    public async Task Is_allowed_when_the_gate_allows_and_can_be_deployed_on()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var answer = await AskAsync(world, "current", Input(world), "?provenance=true");

        answer["result"]!["allow"]!.GetValue<bool>().ShouldBeTrue(answer.ToJsonString());
        answer["result"]!["deny"]!.AsArray().ShouldBeEmpty();
        var digest = answer["provenance"]!["bundles"]!["current"].Text("revision");
        (await AskAsync(world, digest, Input(world)))["result"]!["allow"]!.GetValue<bool>().ShouldBeTrue();
        (await AskAsync(world, digest["sha256:".Length..], Input(world)))["result"]!["allow"]!.GetValue<bool>().ShouldBeTrue();
        await World.Must(201, world.Pipeline.PostJsonAsync("/deployments", new { model = world.Model, version = 1, environment = "production", decisionId = answer.Text("decision_id") }));
    }

    [Fact]
    public async Task Gives_one_member_by_its_name_and_never_an_undefined_one()
    {
        var world = await shared.FoundedAsync();

        (await AskAsync(world, "current/allow", Input(world)))["result"]!.GetValue<bool>().ShouldBeFalse();
        foreach (var member in new[] { "deny", "violation" }) (await AskAsync(world, $"current/{member}", Input(world)))["result"]!.AsArray().Select(d => d.Text("id")).ShouldContain("REL-002");
        foreach (var member in new[] { "warn", "waived" }) (await AskAsync(world, $"current/{member}", Input(world)))["result"].ShouldBeOfType<JsonArray>();
        var unknown = (await AskAsync(world, "current/permit", Input(world)))["result"]!;
        (unknown["allow"]!.GetValue<bool>(), unknown["deny"]![0].Text("id")).ShouldBe((false, "unknown-document"));
    }

    [Theory]
    [InlineData("elsewhere", """{"input":{"model":"M","version":1,"environment":"production","artifactDigest":"D"}}""", "unknown-policy-set")]
    [InlineData("current", """{}""", "missing-input")]
    [InlineData("current", """{"input":null}""", "missing-input")]
    [InlineData("current", """{"input":[]}""", "invalid-input")]
    [InlineData("current", """{"input":{}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":"1","environment":"production","artifactDigest":"D"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":1.5,"environment":"production","artifactDigest":"D"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":1,"environment":"production","artifactDigest":"D","acton":"rollback"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":1,"environment":"production","artifactDigest":"D","dryRun":"yes"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":1,"environment":"production","artifactDigest":"latest"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":0,"environment":"production","artifactDigest":"D"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":1,"environment":"production","artifactDigest":"D","action":"smuggle"}}""", "invalid-input")]
    [InlineData("current", """{"input":{"model":"M","version":9,"environment":"production","artifactDigest":"D"}}""", "version-unknown")]
    [InlineData("current", """{"input":{"model":"M","version":1,"environment":"nowhere","artifactDigest":"D"}}""", "environment-unknown")]
    public async Task Is_denied_and_never_empty_where_there_is_nothing_to_decide(string set, string body, string id)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var (answer, _) = await world.Pipeline.PostOutsideAsync($"/v1/data/gate/{set}", Json(body.Replace("\"M\"", $"\"{world.Model}\"").Replace("\"D\"", $"\"{World.Artifact}\"")));

        answer.Status.ShouldBe(200);
        (answer.Json!["result"]!["allow"]!.GetValue<bool>(), answer.Json["result"]!["deny"]![0].Text("id")).ShouldBe((false, id));
    }

    [Theory]
    [InlineData("{\"input\":")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"input\":{\"model\":\"a\",\"model\":\"b\"}}")]
    [InlineData("{\"input\":{},\"input\":{}}")]
    public async Task Is_an_error_in_its_own_words_where_the_body_is_no_JSON(string body)
    {
        var (answer, _) = await shared.NextWorld().Pipeline.PostOutsideAsync("/v1/data/gate/current", Json(body));

        (answer.Status, answer.Code, answer.ContentType).ShouldBe((400, "invalid_parameter", "application/json"));
        answer.Text("message").ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Is_for_those_who_may_ask_the_gate()
    {
        var world = await shared.FoundedAsync();

        var (refused, _) = await world.As("dev:viewer:vera").PostOutsideAsync("/v1/data/gate/current", new { input = Input(world) });
        using var nobody = new HttpClient { BaseAddress = world.Server.Address };
        var (unsigned, _) = await nobody.PostOutsideAsync("/v1/data/gate/current", new { input = Input(world) });

        ((refused.Status, refused.Code), unsigned.Status).ShouldBe(((403, "forbidden"), 401));
    }

    [Fact]
    public async Task Speaks_the_older_version_too()
    {
        var world = await shared.FoundedAsync();

        var (document, _) = await world.Pipeline.PostOutsideAsync("/v0/data/gate/current", Input(world));
        var (unknown, _) = await world.Pipeline.PostOutsideAsync("/v0/data/gate/elsewhere", Input(world));

        document.Json!["allow"]!.GetValue<bool>().ShouldBeFalse();
        ((unknown.Status, unknown.Code)).ShouldBe((404, "undefined_document"));
    }

    private static object Input(World world) => new { model = world.Model, version = 1, environment = "production", artifactDigest = World.Artifact };

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonNode> AskAsync(World world, string path, object input, string query = "")
    {
        var (answer, _) = await world.Pipeline.PostOutsideAsync($"/v1/data/gate/{path}{query}", new { input });
        answer.Status.ShouldBe(200, answer.Json?.ToJsonString());
        return answer.Json!;
    }
}
