using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>The shipped policies hold many rules, and few of them apply to any one model: a decision keeps those, and names the policies of the others.</summary>
public sealed class KeepingWhatApplies(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Leaves_out_what_could_only_warn_and_does_not_apply_and_names_its_policy()
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync();

        var shown = Rules(check.Json!);

        shown.ShouldContain(r => r.Text("rule") == "REL-001");
        shown.ShouldNotContain(r => r.Text("result") == "notApplicable" && r.Text("level") != "mandatory");
        shown.ShouldNotContain(r => r.Text("policy") == "sr-26-2");
        OutOfScope(check).ShouldContain("sr-26-2");
        OutOfScope(check).ShouldNotContain("release");
        (await KeptAsync(world, check)).Select(r => r.Text("rule")).ShouldBe(shown.Select(r => r.Text("rule")));
    }

    [Fact]
    public async Task Leaves_out_nothing_of_the_gate()
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync();

        Rules(check.Json!).Single(r => r.Text("rule") == "AIA-05").Text("result").ShouldBe("notApplicable");
    }

    [Fact]
    public async Task Names_no_policy_of_what_was_never_judged()
    {
        var world = await shared.FoundedAsync();

        var check = await world.CheckAsync($"{world.Model}-nowhere");

        Rules(check.Json!).ShouldBeEmpty();
        OutOfScope(check).ShouldBeEmpty();
    }

    /// <summary>As decisions were kept before there were so many rules.</summary>
    [Fact]
    public async Task Makes_a_decision_again_that_was_kept_with_all_of_them()
    {
        var world = await shared.FoundedAsync();
        var check = await world.CheckAsync();
        var policies = (await World.Must(200, world.Ann.GetJsonAsync("/policies"))).Json!["policies"]!.AsArray();
        var kept = (await KeptAsync(world, check)).ToLookup(r => r.Text("policy"));
        var whole = new JsonArray(
        [
            .. policies.Where(p => p!["actions"]!.AsArray() is var actions && (actions.Count == 0 || actions.Any(a => a!.GetValue<string>() == "deploy")))
                .SelectMany(p => kept.Contains(p!.Text("name")) ? kept[p!.Text("name")].Select(r => r.DeepClone()) : p!["rules"]!.AsArray().Select(r => (JsonNode)new JsonObject
                {
                    ["policy"] = p!.Text("name"), ["rule"] = r!.Text("id"), ["result"] = "notApplicable", ["level"] = "advisory", ["message"] = r!.Text("title"),
                })),
        ]);

        await LocalPostgresTest.QueryAsync(shared.Connection, $"update governance.mt_events set data = jsonb_set(data, '{{rules}}', '{whole.ToJsonString().Replace("'", "''", StringComparison.Ordinal)}') where stream_id = 'check:{check.Text("decisionId")}'");

        var replayed = (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!;
        replayed["identical"]!.GetValue<bool>().ShouldBeTrue(replayed.ToJsonString());
    }

    private static string[] OutOfScope(Answer check) => [.. check.Json!["outOfScope"]!.AsArray().Select(p => p!.GetValue<string>())];

    private static async Task<IReadOnlyList<JsonNode>> KeptAsync(World world, Answer check) =>
        Rules((await world.EventsAsync("policy_checked", $"check:{check.Text("decisionId")}"))[0]["data"]!);

    private static IReadOnlyList<JsonNode> Rules(JsonNode of) => [.. of["rules"]!.AsArray().Select(r => r!)];
}
