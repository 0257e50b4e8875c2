using System.Text.Json.Nodes;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.PolicyChecks;

/// <summary>A denied decision says who must do what next, and which events made the facts what they are.</summary>
public sealed class ExplainingADecision(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Asks_for_one_approval_in_any_role_where_nobody_approved_and_for_the_review_that_comes_first()
    {
        var world = await shared.FoundedAsync();

        var rule = Rule(await world.CheckAsync(), "REL-002");

        rule.Text("resolvable").ShouldBe("by-approval");
        rule["why"]!.AsArray().Select(w => (w.Text("expr"), w.Text("value"))).ShouldContain(("variables.humans.size() >= 1", "false"));
        Missing(rule).ShouldBe([("a review of version 1 requested", "contributor"), ($"one more approval by model-validator of {World.Artifact}", "model-validator")]);
        rule["missing"]![1]!["orRoles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["ai-risk-officer", "chief-risk-officer", "compliance-officer"]);
    }

    [Fact]
    public async Task Says_of_a_fact_that_is_older_than_what_is_looked_back_at_that_it_was_so_before()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var (count, services) = ((await world.EventsAsync()).Count, shared.Server.Services);
        var origins = new FactOrigins(
            services.GetRequiredService<IDocumentStore>(), services.GetRequiredService<RevalidationTerms>(), services.GetRequiredService<RecertificationTerms>(), NullLogger<FactOrigins>.Instance)
        {
            MostEvents = 2,
        };

        var found = await origins.OfAsync(
            new(world.Model, 1, "production", "deploy", World.Artifact, [new($"model:{world.Model}", count)], "canary"), ["model.tier", "approvals"], TestContext.Current.CancellationToken);

        found!["approvals"].ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.Type.ShouldBe("version_approved"), o => o.Before.ShouldBeFalse());
        found["model.tier"].ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.Version.ShouldBe(count - 1), o => o.Before.ShouldBeTrue());
    }

    [Fact]
    public async Task Asks_for_one_more_approval_in_another_role_where_one_of_two_people_approved()
    {
        var world = await shared.FoundedAsync("high", 1);
        await world.ApprovedAsync();

        var check = await world.CheckAsync();

        check.Text("waitingFor").ShouldBe("human");
        var rule = Rule(check, "REL-003");
        Missing(rule).ShouldBe([($"one more approval by ai-risk-officer of {World.Artifact}", "ai-risk-officer")]);
        rule["missing"]![0]!["orRoles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["chief-risk-officer", "compliance-officer"]);
    }

    [Fact]
    public async Task Keeps_the_words_of_the_remedy_where_only_a_change_helps()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var rule = Rule(await world.CheckAsync(artifact: World.OtherArtifact), "REL-001");

        rule.Text("resolvable").ShouldBe("by-change");
        Missing(rule).ShouldBe([("Deploy the registered artifact, or register what was built as a new version.", "contributor")]);
    }

    [Fact]
    public async Task Names_the_finding_the_suspension_the_condition_and_the_class_that_stand_in_the_way()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.Ann.PostJsonAsync("/datasets", new { name = $"{world.Dataset}-more", team = "flowers" }));
        await World.Must(201, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}-more/versions", new { version = "1", digest = World.Artifact }));
        var two = new[] { new { name = world.Dataset, version = "1" }, new { name = $"{world.Dataset}-more", version = "1" } };
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", new { artifactDigest = World.OtherArtifact, datasets = two, authors = Array.Empty<string>() }));
        await world.ApprovedAsync(version: 2);
        var finding = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "critical", owner = "bob" }))).Text("id");
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/suspension", new { reason = "odd" }));

        var check = await world.CheckAsync(version: 2, artifact: World.OtherArtifact);

        Missing(Rule(check, "REL-004")).ShouldBe([($"the class of training dataset {world.Dataset}-more confirmed from outside its team", "compliance-officer")]);
        Rule(check, "REL-004").Text("resolvable").ShouldBe("by-approval");
        Missing(Rule(check, "REL-006")).ShouldBe([($"finding {finding} (critical) remedied by bob and closed by a second person", "contributor")]);
        Missing(Rule(check, "REL-007")).ShouldBe([("the suspension of the model lifted", "ai-risk-officer")]);
        Rule(check, "REL-007").Text("resolvable").ShouldBe("by-change");
        Origins(Rule(check, "REL-006")).ShouldBe([($"findings[{finding}]", "finding_opened", "ann")]);
        Origins(Rule(check, "REL-007")).ShouldContain(("model.suspended", "model_suspended", "ann"));
    }

    [Fact]
    public async Task Says_which_event_made_an_approval_fall_and_who_caused_it()
    {
        var world = await shared.FoundedAsync();
        var approval = await world.ApprovedAsync();
        await World.Must(200, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/withdrawal", new { reason = "a mistake" }));

        var check = await world.CheckAsync();

        var origin = Rule(check, "REL-002")["facts"]!.AsArray().Single(f => f.Text("fact") == $"approvals[{approval}]")!;
        (origin.Text("type"), origin.Text("by"), origin.Text("stream")).ShouldBe(("dataset_withdrawn", "ann", $"dataset:{world.Dataset}"));
        var written = (await world.EventsAsync("dataset_withdrawn", $"dataset:{world.Dataset}")).ShouldHaveSingleItem();
        (origin.Text("event"), origin.Text("at"), origin["version"]!.GetValue<long>()).ShouldBe((written.Text("id"), written.Text("at"), written["version"]!.GetValue<long>()));
        Origins(Rule(check, "REL-005")).ShouldBe([($"datasets[{world.Dataset}@1]", "dataset_withdrawn", "ann")]);
        Missing(Rule(check, "REL-005")).ShouldHaveSingleItem().Role.ShouldBe("contributor");
    }

    [Fact]
    public async Task Says_nothing_of_the_kind_about_rules_that_hold()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        foreach (var rule in (await world.AllowedAsync()).Json!["rules"]!.AsArray().Where(r => r.Text("level") == "mandatory"))
            (rule!["missing"], rule["resolvable"], rule["facts"]).ShouldBe((null, null, null), rule.ToJsonString());
    }

    [Fact]
    public async Task Keeps_what_policies_say_besides_pass_and_fail()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var check = await world.AllowedAsync();

        check.Json!["annotations"]!["release/approvers"]!.GetValue<string>().ShouldBe("eve");
        (await world.EventsAsync("policy_checked", $"check:{check.Text("decisionId")}")).ShouldHaveSingleItem()["data"]!["annotations"]![0].Text("value").ShouldBe("eve");
    }

    /// <summary>Decisions of earlier versions have no annotations on record, and come out the same all the same.</summary>
    [Fact]
    public async Task Replays_a_decision_of_before_annotations_were_kept()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await LocalPostgresTest.QueryAsync(shared.Connection, $"update governance.mt_events set data = data - 'annotations' where stream_id = 'check:{check.Text("decisionId")}'");

        var replayed = await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"));

        replayed.Json!["identical"]!.GetValue<bool>().ShouldBeTrue(replayed.Json.ToJsonString());
    }

    [Fact]
    public async Task Shows_that_stored_annotations_were_tampered_with()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await LocalPostgresTest.QueryAsync(shared.Connection, $"update governance.mt_events set data = jsonb_set(data, '{{annotations,0,value}}', '\"carl\"') where stream_id = 'check:{check.Text("decisionId")}'");

        var replayed = await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"));

        replayed.Json!["identical"]!.GetValue<bool>().ShouldBeFalse();
        replayed.Json["differences"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldStartWith("annotations");
    }

    private static JsonNode Rule(Answer check, string id) => check.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == id)!;

    private static IEnumerable<(string What, string Role)> Missing(JsonNode rule) => rule["missing"]!.AsArray().Select(m => (m.Text("what"), m.Text("role")));

    private static IEnumerable<(string Fact, string Type, string By)> Origins(JsonNode rule) => rule["facts"]!.AsArray().Select(f => (f.Text("fact"), f.Text("type"), f.Text("by")));
}
