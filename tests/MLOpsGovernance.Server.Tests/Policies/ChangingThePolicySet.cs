using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Policies;

/// <summary>Another set comes into force by two people, who were shown what would be different.</summary>
public sealed class ChangingThePolicySet(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly PolicyOffice _office = new(shared.Server);

    [Fact]
    public async Task Is_refused_to_whoever_wrote_what_it_changes()
    {
        var documents = PolicyOffice.Documents(PolicyOffice.Renamed("It ran here before"));
        var proposal = (await World.Must(201, PolicyOffice.ProposeAsync(_office.Carl, documents, [new JsonObject { ["path"] = "gate/rollback.yaml", ["subjects"] = new JsonArray("rita") }]))).Json!;
        proposal["changes"]!.AsArray().Single(c => c.Text("path") == "gate/rollback.yaml")!["authors"]!.AsArray().Select(a => a!.GetValue<string>()).ShouldBe(["carl", "rita"]);

        await World.Refused(403, "author-adopts", PolicyOffice.AdoptAsync(_office.Rita, proposal));

        await World.Must(200, _office.Rita.PostJsonAsync($"/policies/proposals/{proposal.Text("id")}/rejection", new { reason = "somebody else should look" }));
        await World.Refused(409, "proposal-closed", PolicyOffice.AdoptAsync(_office.Otto, proposal));
        var again = (await World.Must(201, PolicyOffice.ProposeAsync(_office.Otto, documents.DeepClone().AsArray()))).Json!;
        await World.Refused(403, "author-adopts", PolicyOffice.AdoptAsync(_office.Carl, again));
        await World.Must(200, _office.Otto.PostJsonAsync($"/policies/proposals/{again.Text("id")}/rejection", new { reason = "taken back" }));
        (await _office.ReadAsync(again)).ShouldSatisfyAllConditions(p => p.Text("state").ShouldBe("rejected"), p => p.Text("closingReason").ShouldBe("taken back"));
    }

    [Fact]
    public async Task Is_refused_while_no_mandatory_rule_would_be_in_force_at_a_gate()
    {
        var documents = PolicyOffice.Documents(("gate/release.yaml", "enforcement: {default: mandatory}", "enforcement: {default: mandatory}\n  effectiveFrom: 2999-01-01"));
        // What its own tests say of its rules holds from that day on.
        var proposal = (await World.Must(201, PolicyOffice.ProposeAsync(_office.Carl, [.. documents.Where(d => d.Text("path") != "gate/release.test.yaml").Select(d => d!.DeepClone())]))).Json!;
        proposal["obstacles"]!.AsArray().Select(o => o.Text("why")).ShouldContain("production is gated, but no mandatory rule in force is meant for a deployment there, so every one would be denied.");
        await World.Refused(422, "environment-not-covered", PolicyOffice.AdoptAsync(_office.Rita, proposal));
        await RejectAsync(proposal);
    }

    [Fact]
    public async Task Takes_a_folder_that_is_larger_than_what_else_is_sent()
    {
        var documents = PolicyOffice.Documents(PolicyOffice.Renamed("In a large folder"));
        foreach (var document in documents.Take(2)) document!["text"] = $"{document.Text("text")}\n# {new string('x', 900_000)}\n";
        await RejectAsync((await World.Must(201, PolicyOffice.ProposeAsync(_office.Carl, documents))).Json!);
    }

    [Fact]
    public async Task Is_refused_while_a_test_of_the_set_fails()
    {
        var proposal = await PolicyOffice.ProposedAsync(_office.Carl, ("gate/release.yaml", "expression: variables.withdrawn.size() == 0", "expression: variables.withdrawn.size() <= 1"));
        proposal["difference"]!["tests"]!["failed"]![0]!.GetValue<string>().ShouldContain("gate/release.test.yaml(");
        proposal["obstacles"]!.AsArray().ShouldHaveSingleItem().Text("code").ShouldBe("policy-tests-failed");

        var refused = await World.Refused(422, "policy-tests-failed", PolicyOffice.AdoptAsync(_office.Rita, proposal));

        refused.Text("detail").ShouldContain("REL-005");
        await RejectAsync(proposal);
    }

    [Theory]
    [InlineData("enforcement: {default: mandatory}", "enforcement: {default: mandatory, environments: {staging: advisory}}", "environment-not-covered", "staging is gated")]
    [InlineData("enforcement: {default: mandatory}", "enforcement: {default: mandatory, environments: {prodution: advisory}}", "set-environment-unknown", "gate/release.yaml(")]
    public async Task Is_refused_where_it_would_leave_a_gate_without_a_rule_or_names_an_environment_that_there_is_not(string old, string replacement, string code, string why)
    {
        var proposal = await PolicyOffice.ProposedAsync(_office.Carl, ("gate/release.yaml", old, replacement));
        proposal["obstacles"]!.AsArray().Where(o => o.Text("code") == code).ShouldContain(o => o.Text("why").Contains(why, StringComparison.Ordinal));
        proposal.Text("waitsFor").ShouldContain("without these obstacles");

        await World.Refused(422, code, PolicyOffice.AdoptAsync(_office.Rita, proposal));
        await RejectAsync(proposal);
    }

    [Fact]
    public async Task Is_refused_for_a_set_without_policies_while_anything_is_gated()
    {
        JsonArray documents = [.. PolicyOffice.Documents().Where(d => !d.Text("path").Contains('/')).Select(d => d!.DeepClone())];
        var proposal = (await World.Must(201, PolicyOffice.ProposeAsync(_office.Carl, documents))).Json!;
        PolicyOffice.Sentences(proposal).ShouldContain(s => s.StartsWith("relaxed: The policy release is gone", StringComparison.Ordinal));

        await World.Refused(422, "policy-set-empty", PolicyOffice.AdoptAsync(_office.Rita, proposal));
        await RejectAsync(proposal);
        await World.Refused(422, "policy-set-empty", PolicyOffice.ProposeAsync(_office.Carl, []));
    }

    [Fact]
    public async Task Is_refused_with_every_place_that_is_wrong_where_it_does_not_load()
    {
        var refused = await World.Refused(422, "policy-set-invalid", PolicyOffice.ProposeAsync(_office.Carl, PolicyOffice.Documents(("gate/release.yaml", "failurePolicy: Fail", "failurePolisy: Fail"), ("gate/rollback.yaml", "rollback.wasLive &&", "rollback.wasLife &&"))));
        refused.Text("detail").ShouldContain("gate/release.yaml(");
        refused.Json!["policyErrors"]!.AsArray().Select(e => (e.Text("file"), e.Text("code"), e.Text("suggestion"))).ShouldBe(
            [("gate/release.yaml", "document.unknown-key", "failurePolicy"), ("gate/rollback.yaml", "cel.name", "wasLive")]);
    }

    [Fact]
    public async Task Shows_which_decisions_of_late_would_have_come_out_otherwise()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");

        var looser = await PolicyOffice.ProposedAsync(_office.Carl, ("gate/release.yaml", "expression: variables.humans.size() >= 1", "expression: variables.humans.size() >= 0"), ("gate/release.yaml", "expression: variables.people.size() >= 2", "expression: variables.people.size() >= 0"));

        PolicyOffice.Sentences(looser).ShouldContain(s => s.StartsWith("relaxed: REL-002 asks for less: variables.humans.size() >= 0 instead of variables.humans.size() >= 1", StringComparison.Ordinal));
        var flips = looser["difference"]!["flips"]!;
        flips["looser"]!.GetValue<int>().ShouldBeGreaterThan(0);
        var flip = flips["examples"]!.AsArray().Single(f => f.Text("decisionId") == denied.Text("decisionId"))!;
        (flip.Text("was"), flip.Text("model")).ShouldBe(("deny", world.Model));
        var causes = flip["cause"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
        causes.ShouldContain("REL-002: fail became pass");
        causes.ShouldAllBe(c => c.StartsWith("REL-", StringComparison.Ordinal), "what does not apply to the model turned nothing");
        await RejectAsync(looser);
    }

    [Fact]
    public async Task Goes_back_to_an_earlier_set_by_two_people_too()
    {
        var first = await _office.InForceAsync();
        var second = await PolicyOffice.ProposedAsync(_office.Carl, PolicyOffice.Renamed("It was live here"));
        await World.Must(200, PolicyOffice.AdoptAsync(_office.Rita, second));

        var back = (await World.Must(201, _office.Rita.PostJsonAsync($"/policies/sets/{first}/rollback", new { reason = "it was better before" }))).Json!;

        (back.Text("origin"), back.Text("digest")).ShouldBe(("rollback", first));
        await World.Refused(409, "already-proposed", _office.Otto.PostJsonAsync($"/policies/sets/{first}/rollback", new { reason = "me too" }));
        await World.Refused(403, "second-person-required", PolicyOffice.AdoptAsync(_office.Rita, back));
        await World.Must(200, PolicyOffice.AdoptAsync(_office.Otto, back));
        (await _office.InForceAsync()).ShouldBe(first);
        await World.Refused(409, "policy-set-in-force", _office.Otto.PostJsonAsync($"/policies/sets/{first}/rollback", new { reason = "again" }));
        await World.Refused(404, "policy-set-unknown", _office.Otto.PostJsonAsync($"/policies/sets/{World.Artifact}/rollback", new { reason = "what is this" }));
        await World.Refused(404, "policy-set-unknown", _office.Otto.GetJsonAsync($"/policies/sets/{World.Artifact}"));
    }

    [Fact]
    public async Task Overtakes_whatever_else_was_proposed()
    {
        var one = await PolicyOffice.ProposedAsync(_office.Carl, PolicyOffice.Renamed("One"));
        var other = await PolicyOffice.ProposedAsync(_office.Carl, PolicyOffice.Renamed("Other"));
        await World.Must(200, PolicyOffice.AdoptAsync(_office.Rita, one));

        (await _office.ReadAsync(other)).ShouldSatisfyAllConditions(p => p.Text("state").ShouldBe("overtaken"), p => p.Text("waitsFor").ShouldStartWith("somebody to propose it again"));
        await World.Refused(409, "proposal-overtaken", PolicyOffice.AdoptAsync(_office.Rita, other));
        var listed = (await World.Must(200, _office.Otto.GetJsonAsync("/policies/proposals?limit=1"))).Json!;
        listed["items"]!.AsArray().ShouldHaveSingleItem().Text("id").ShouldBe(other.Text("id"));
        (await World.Must(200, _office.Otto.GetJsonAsync($"/policies/proposals?limit=1&cursor={listed.Text("nextCursor")}"))).Json!["items"]!.AsArray().ShouldHaveSingleItem().Text("id").ShouldBe(one.Text("id"));
        await World.Refused(404, "proposal-unknown", _office.Otto.GetJsonAsync("/policies/proposals/00000000-0000-0000-0000-000000000000"));
    }

    [Fact]
    public async Task Lets_a_rule_wait_for_its_day_and_replays_each_decision_as_it_was()
    {
        var world = await shared.FoundedAsync();
        var day = shared.Clock.GetUtcNow().UtcDateTime.Date.AddDays(40);
        const string rule = "      title: Neither model nor version is suspended, recalled or retired\n      expression: \"!model.suspended && !model.retired";
        var documents = PolicyOffice.Documents(("gate/release.yaml", rule, $"      effectiveFrom: {day:yyyy-MM-dd}\n{rule.Replace("!model.suspended", "model.id == ''", StringComparison.Ordinal)}"));
        // What its own tests say of that rule does not hold any more, so they are left out.
        var proposal = (await World.Must(201, PolicyOffice.ProposeAsync(_office.Carl, [.. documents.Where(d => d.Text("path") != "gate/release.test.yaml").Select(d => d!.DeepClone())]))).Json!;
        PolicyOffice.Sentences(proposal).ShouldContain(s => s.StartsWith($"relaxed: REL-007 begins on {day:yyyy-MM-dd}; it was in force.", StringComparison.Ordinal));
        await World.Must(200, PolicyOffice.AdoptAsync(_office.Rita, proposal));

        shared.Clock.Forward(day.AddSeconds(-60) - shared.Clock.GetUtcNow().UtcDateTime);
        await world.ApprovedAsync();
        var before = await world.AllowedAsync();
        Rule(before, "REL-007").ShouldSatisfyAllConditions(
            r => r.Text("result").ShouldBe("notYetInForce"), r => r.Text("effectiveFrom").ShouldBe($"{day:yyyy-MM-dd}T00:00:00Z"), r => r.Text("message").ShouldBe($"not yet in force: applies from {day:yyyy-MM-dd}"));

        shared.Clock.Forward(day - shared.Clock.GetUtcNow().UtcDateTime);
        var after = await world.CheckAsync();
        (after.Text("outcome"), Rule(after, "REL-007").Text("result")).ShouldBe(("deny", "fail"));

        foreach (var check in new[] { before, after })
            (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();

        var back = (await World.Must(201, _office.Rita.PostJsonAsync($"/policies/sets/{proposal.Text("base")}/rollback", new { reason = "the test is over" }))).Json!;
        await World.Must(200, PolicyOffice.AdoptAsync(_office.Otto, back));
    }

    [Fact]
    public async Task Answers_the_same_under_the_same_key()
    {
        var body = new { documents = PolicyOffice.Documents(PolicyOffice.Renamed("Twice")), reason = "agreed" };
        var first = await World.Must(201, _office.Carl.PostJsonAsync("/policies/proposals", body, "key-1"));
        var again = await World.Must(201, _office.Carl.PostJsonAsync("/policies/proposals", body, "key-1"));
        again.Text("id").ShouldBe(first.Text("id"));
        await World.Refused(409, "already-proposed", _office.Carl.PostJsonAsync("/policies/proposals", body));
        await RejectAsync(first.Json!);
    }

    private async Task RejectAsync(JsonNode proposal) => await World.Must(200, _office.Otto.PostJsonAsync($"/policies/proposals/{proposal.Text("id")}/rejection", new { reason = "the test is over" }));

    private static JsonNode Rule(Answer check, string rule) => check.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == rule)!;
}
