using System.Globalization;
using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Simulations;

/// <summary>Past decisions judged again under a draft: which would come out otherwise, and because of what.</summary>
public sealed class SimulatingADraft(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Release = "gate/release.yaml";

    private static readonly Dictionary<string, string> Shipped = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "policies"), "*.yaml", SearchOption.AllDirectories)
        .Where(f => !f.EndsWith(".test.yaml", StringComparison.Ordinal)).ToDictionary(f => Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "policies"), f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    [Fact]
    public async Task Finds_nothing_where_the_draft_is_what_held()
    {
        var (world, from) = await WithADenialAsync();

        var done = await SimulatedAsync(world, from, Draft());

        (done["state"]!.GetValue<string>(), done["judged"]!.GetValue<int>(), done["total"]!.GetValue<int>()).ShouldBe(("completed", 1, 1));
        done["result"]!["flipped"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Says_that_a_decision_flips_because_a_rule_is_gone_and_another_has_changed()
    {
        var (world, from) = await WithADenialAsync();

        var done = await SimulatedAsync(world, from, Draft(
            (Release, "variables.humans.size() >= 1\n", "variables.humans.size() >= 0\n"), (Release, "variables.people.size() >= 2", "variables.people.size() >= 1")));

        var flip = done["result"]!["flips"]!.AsArray().ShouldHaveSingleItem()!;
        (flip.Text("was"), flip.Text("now"), flip.Text("model")).ShouldBe(("deny", "allow", world.Model));
        flip["causes"]!.AsArray().Select(c => (c.Text("rule"), c.Text("was"), c.Text("now"), c.Text("because"))).ShouldContain(("REL-002", "fail", "pass", "rule-changed"));
        done["result"]!["outcomes"]!.AsArray().Select(o => (o.Text("was"), o.Text("now"), o!["decisions"]!.GetValue<int>())).ShouldBe([("deny", "allow", 1)]);
        done["result"]!["rules"]!.AsArray().Select(r => r.Text("rule")).ShouldContain("REL-002");
    }

    [Fact]
    public async Task Says_that_a_decision_flips_because_of_a_level()
    {
        var (world, from) = await WithADenialAsync();

        // Something mandatory is left that covers a deployment there.
        var done = await SimulatedAsync(world, from, Draft(
            (Release, "enforcement: {default: mandatory}", "enforcement: {default: mandatory, environments: {production: advisory}}"),
            ("gate/validation.yaml", "enforcement: {default: advisory}", "enforcement: {default: mandatory}")));

        var flip = done["result"]!["flips"]!.AsArray().ShouldHaveSingleItem()!;
        (flip.Text("was"), flip.Text("now")).ShouldBe(("deny", "warn"));
        var cause = flip["causes"]!.AsArray().Single(c => c.Text("rule") == "REL-002")!;
        (cause.Text("wasLevel"), cause.Text("nowLevel"), cause.Text("because"), cause.Text("why"))
            .ShouldBe(("mandatory", "advisory", "level-changed", "the level of REL-002 in production was mandatory and is advisory"));
    }

    [Fact]
    public async Task Says_that_a_decision_flips_because_a_policy_is_gone_and_nothing_covers_it_any_more()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var from = Now();
        await world.AllowedAsync();
        var draft = Draft();
        // All but the policy of rollbacks, which nobody asked for.
        foreach (var policy in draft.Keys.Where(path => path.Contains('/') && !path.StartsWith("gate/rollback.", StringComparison.Ordinal)).ToList()) draft.Remove(policy);

        var flip = (await SimulatedAsync(world, from, draft))["result"]!["flips"]!.AsArray().ShouldHaveSingleItem()!;

        (flip.Text("was"), flip.Text("now")).ShouldBe(("allow", "deny"));
        flip["causes"]!.AsArray().Select(c => c.Text("because")).Distinct().ShouldBe(["rule-removed"]);
    }

    [Fact]
    public async Task Can_ask_what_a_set_of_before_would_have_said_and_passes_over_what_was_never_judged()
    {
        var (world, from) = await WithADenialAsync();
        await world.CheckAsync($"{world.Model}-nowhere");
        var digest = (await World.Must(200, world.Ann.GetJsonAsync("/policies"))).Text("digest");

        var done = await EndedAsync(world, await World.Must(202, world.Carl.PostJsonAsync("/policies/simulations", new { policySet = new { digest }, from })));

        (done["result"]!["judged"]!.GetValue<int>(), done["result"]!["unjudged"]!.GetValue<int>(), done["result"]!["flipped"]!.GetValue<int>()).ShouldBe((1, 1, 0));
        await World.Refused(422, "policy-set-unknown", world.Carl.PostJsonAsync("/policies/simulations", new { policySet = new { digest = World.OtherArtifact } }));
    }

    [Fact]
    public async Task Is_refused_with_the_place_of_every_mistake_where_the_draft_cannot_be_read()
    {
        var world = shared.NextWorld();

        var refused = await World.Refused(422, "policy-set-invalid", StartAsync(world, Now(), Draft((Release, "variables.humans.size() >= 1\n", "variables.humns.size() >= 1\n"), ("gate/rollback.yaml", "severity: critical", "severity: utmost"))));

        var errors = refused.Json!["policyErrors"]!.AsArray();
        errors.Count.ShouldBeGreaterThanOrEqualTo(2);
        errors.ShouldAllBe(e => (e.Text("file") == Release || e.Text("file") == "gate/rollback.yaml") && e!["line"]!.GetValue<int>() > 1 && e["column"]!.GetValue<int>() > 0 && e.Text("message").Length > 0);
        refused.Detail!.ShouldContain("gate/");
    }

    [Fact]
    public async Task Is_for_risk_and_compliance_officers_and_can_be_read_by_all()
    {
        var (world, from) = await WithADenialAsync();
        foreach (var token in new[] { "dev:contributor:ann", "dev:pipeline", "dev:viewer:vera", "dev:model-validator:eve" }) await World.Refused(403, "forbidden", StartAsync(world, from, Draft(), token));

        var begun = await World.Must(202, StartAsync(world, from, Draft(), "dev:ai-risk-officer:rita"));

        begun.Text("state").ShouldBe("running");
        (await World.Must(200, world.As("dev:viewer:vera").GetJsonAsync($"/policies/simulations/{begun.Text("id")}"))).Text("by").ShouldBe("rita");
        await World.Refused(403, "forbidden", world.Ann.PostJsonAsync($"/policies/simulations/{begun.Text("id")}/cancellation"));
    }

    [Fact]
    public async Task Can_be_cancelled_while_it_runs_and_stays_as_it_ended()
    {
        var world = shared.NextWorld();
        var id = Guid.NewGuid().ToString();
        await InsertAsync(id, "now()");

        (await World.Must(200, world.Carl.PostJsonAsync($"/policies/simulations/{id}/cancellation"))).Text("state").ShouldBe("cancelled");

        (await World.Must(200, world.Rita.PostJsonAsync($"/policies/simulations/{id}/cancellation"))).Text("why").ShouldBe("cancelled by carl");
        await World.Refused(404, "simulation-unknown", world.Carl.PostJsonAsync($"/policies/simulations/{Guid.NewGuid()}/cancellation"));
    }

    [Fact]
    public async Task Is_reported_as_interrupted_where_its_node_is_gone()
    {
        var id = Guid.NewGuid().ToString();
        await InsertAsync(id, "now() - interval '31 seconds'");

        (await World.Must(200, shared.NextWorld().Ann.GetJsonAsync($"/policies/simulations/{id}"))).Text("state").ShouldBe("interrupted");
    }

    [Fact]
    public async Task Gets_the_first_answer_under_a_repeated_key()
    {
        var (world, from) = await WithADenialAsync();
        var body = new { policySet = new { digest = (await World.Must(200, world.Ann.GetJsonAsync("/policies"))).Text("digest") }, from };

        var first = await World.Must(202, world.Carl.PostJsonAsync("/policies/simulations", body, $"simulate-{world.Model}"));

        (await World.Must(202, world.Carl.PostJsonAsync("/policies/simulations", body, $"simulate-{world.Model}"))).Text("id").ShouldBe(first.Text("id"));
    }

    /// <summary>Each on a moment of its own, so that no test sees the decisions of another.</summary>
    private async Task<(World World, string From)> WithADenialAsync()
    {
        var world = await shared.FoundedAsync();
        var from = Now();
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        return (world, from);
    }

    private string Now()
    {
        shared.Clock.Forward(TimeSpan.FromMinutes(1));
        return shared.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Draft(params (string File, string From, string To)[] changes)
    {
        var draft = new Dictionary<string, string>(Shipped, StringComparer.Ordinal);
        foreach (var (file, from, to) in changes)
        {
            draft[file].ShouldContain(from);
            draft[file] = draft[file].Replace(from, to, StringComparison.Ordinal);
        }

        return draft;
    }

    private static Task<Answer> StartAsync(World world, string from, Dictionary<string, string> draft, string token = "dev:compliance-officer:carl") =>
        world.As(token).PostJsonAsync("/policies/simulations", new { policySet = new { documents = draft.Select(d => new { path = d.Key, text = d.Value }) }, from });

    private static async Task<JsonNode> SimulatedAsync(World world, string from, Dictionary<string, string> draft) => await EndedAsync(world, await World.Must(202, StartAsync(world, from, draft)));

    private static async Task<JsonNode> EndedAsync(World world, Answer begun)
    {
        while (true)
        {
            var now = await World.Must(200, world.Ann.GetJsonAsync($"/policies/simulations/{begun.Text("id")}"));
            if (now.Text("state") != "running") return now.Json!;
            await Task.Yield();
        }
    }

    private Task InsertAsync(string id, string heard) => LocalPostgresTest.QueryAsync(shared.Connection,
        $"insert into governance.simulations (id, by, started_at, draft, decided_from, decided_to, state, total, heard_at) values ('{id}', 'carl', now(), '{World.Artifact}', now(), now(), 'running', 7, {heard})");
}
