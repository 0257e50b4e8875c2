using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Maturity;

/// <summary>A team looks at itself: what its people say is set against what the service recorded, and in the end nothing of it changes any more.</summary>
public sealed class AssessingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static int _teams;

    private static readonly string[] Scan = ["D1.3", "D2.1", "D2.3", "D3.3", "D4.2", "D4.5", "D5.2", "D6.3", "D7.1", "D7.3"];

    private HttpClient Ann => shared.Server.As("dev:contributor:ann");

    private HttpClient Bob => shared.Server.As("dev:contributor:bob");

    private HttpClient Lea => shared.Server.As("dev:engineering-lead:lea");

    private HttpClient Carl => shared.Server.As("dev:compliance-officer:carl");

    private async Task<string> TeamAsync()
    {
        var name = $"team{Interlocked.Increment(ref _teams)}";
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name }));
        await World.Must(200, Ann.PutJsonAsync($"/teams/{name}/members/bob", new { functions = new[] { "ml-engineer" } }));
        await World.Must(200, Ann.PutJsonAsync($"/teams/{name}/members/lea", new { functions = new[] { "mlops-engineer" } }));
        return name;
    }

    private async Task<string> BegunAsync(string? team = null) => (await World.Must(201, Ann.PostJsonAsync("/assessments", new { team = team ?? await TeamAsync() }))).Text("id");

    private static Task<Answer> AnswerAsync(HttpClient by, string id, string question, double coverage = 1, double mode = 1) =>
        World.Must(200, by.PutJsonAsync($"/assessments/{id}/answers/{question}", new { coverage, mode }));

    private static JsonNode Question(JsonNode assessment, string id) => assessment["result"]!["questions"]!.AsArray().Single(q => q.Text("id") == id)!;

    [Fact]
    public async Task Gives_a_team_that_never_registered_anything_a_result_from_its_claims_marked_as_such()
    {
        var id = await BegunAsync();
        JsonNode last = null!;
        foreach (var question in Scan) last = (await AnswerAsync(Ann, id, question)).Json!;
        var scan = last["result"]!;
        (scan["headline"]!.GetValue<bool>(), scan["scan"]!.GetValue<bool>(), scan["claimsOnly"]!.GetValue<bool>(), scan["floor"]).ShouldBe((false, true, true, null));
        scan.Text("denominators").ShouldContain("nothing that is recorded bears on it");

        var instrument = (await World.Must(200, Ann.GetJsonAsync("/instruments/mlops-maturity"))).Json!;
        var questions = instrument["dimensions"]!.AsArray().SelectMany(d => d!["questions"]!.AsArray()).ToList();
        (questions.Count, instrument["scan"]!.AsArray().Count).ShouldBe((48, 10));
        foreach (var question in questions.Select(q => q.Text("id")).Except(Scan)) last = (await AnswerAsync(Ann, id, question)).Json!;

        var whole = last["result"]!;
        (whole["headline"]!.GetValue<bool>(), whole["scan"]!.GetValue<bool>(), whole["claimsOnly"]!.GetValue<bool>()).ShouldBe((true, false, true));
        whole["floor"]!.GetValue<int>().ShouldBe(0, "what nothing bears out counts as done by hand");
        whole["next"]!.AsArray().Count.ShouldBe(3);
        Question(last, "D2.1").ShouldSatisfyAllConditions(q => q.Text("standing").ShouldBe("thin"), q => q["final"]!.GetValue<double>().ShouldBe(0.5));
    }

    [Fact]
    public async Task Sets_claims_against_what_is_recorded_and_lists_contradictions_first()
    {
        var (world, team) = (shared.NextWorld(), await TeamAsync());
        await World.Must(201, Ann.PostJsonAsync("/models", new { name = world.Model, team, purpose = "tell flowers apart" }));
        for (var i = 0; i < 6; i++)
        {
            await World.Must(201, Ann.PostJsonAsync($"/models/{world.Model}/versions", new
            {
                artifactDigest = $"sha256:{i:x64}", authors = new[] { "ann" }, commit = "4f2a", run = i < 3 ? "run-1" : null, metrics = i < 3 ? new { auc = 0.9 } : null, runTrigger = i < 3 ? "schedule" : null,
            }));
        }

        await World.Must(201, Ann.PostJsonAsync($"/models/{world.Model}/versions/1/evidence", new { kind = "reproduction-test", digest = World.Artifact, producedAt = shared.Clock.GetUtcNow().AddDays(-1) }));
        var id = await BegunAsync(team);
        await AnswerAsync(Ann, id, "D2.1");
        await AnswerAsync(Ann, id, "D2.3");
        var assessment = (await AnswerAsync(Ann, id, "D4.2")).Json!;

        Question(assessment, "D2.1").ShouldSatisfyAllConditions(
            q => q.Text("standing").ShouldBe("evidenced"), q => q["evidence"]!["numerator"]!.GetValue<int>().ShouldBe(6), q => q["evidence"]!["denominator"]!.GetValue<int>().ShouldBe(6),
            q => q["evidence"]!["lower"]!.GetValue<double>().ShouldBe(6 / (6 + 3.841459), 1e-4), q => q["evidence"]!["mode"]!.GetValue<double>().ShouldBe(0.5), q => q["provisional"]!.GetValue<bool>().ShouldBeTrue(),
            q => q["evidence"]!["counted"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldContain($"{world.Model} version 6"));
        Question(assessment, "D2.2")["evidence"]!["numerator"]!.GetValue<int>().ShouldBe(3);
        Question(assessment, "D2.5")["evidence"]!["numerator"]!.GetValue<int>().ShouldBe(1);
        Question(assessment, "D4.2")["evidence"]!["numerator"]!.GetValue<int>().ShouldBe(0, "a person registered them all");
        assessment["result"]!["contradictions"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldContain(c => c.StartsWith("D4.2: claimed 1, recorded 0 (0 of 6).", StringComparison.Ordinal));
        (assessment["result"]!["calibration"]!["mean"]!.GetValue<double>(), assessment["result"]!["claimsOnly"]!.GetValue<bool>()).ShouldSatisfyAllConditions(c => c.Item1.ShouldBeGreaterThan(0), c => c.Item2.ShouldBeFalse());
        assessment["result"]!.Text("denominators").ShouldContain("of registered models");
    }

    [Fact]
    public async Task Keeps_what_each_respondent_said_and_shows_how_far_they_lie_apart()
    {
        var id = await BegunAsync();
        await AnswerAsync(Ann, id, "D2.1");
        var both = (await AnswerAsync(Bob, id, "D2.1", 0.5, 0.5)).Json!;
        Question(both, "D2.1").ShouldSatisfyAllConditions(
            q => q["claims"]!.AsArray().Select(c => c.Text("respondent")).ShouldBe(["ann", "bob"]), q => q["claim"]!.GetValue<double>().ShouldBe(0.25), q => q["disagreement"]!.GetValue<double>().ShouldBe(0.75));
        both["result"]!["disagreements"]!.ToJsonString().ShouldBe("""["D2.1"]""");
        Question((await AnswerAsync(Bob, id, "D2.1")).Json!, "D2.1")["disagreement"]!.GetValue<double>().ShouldBe(0, "an answer may be given anew");
        await World.Refused(403, "not-in-team", shared.Server.As("dev:contributor:zed").PutJsonAsync($"/assessments/{id}/answers/D2.1", new { step = 4 }));
    }

    [Fact]
    public async Task Takes_a_persons_word_where_another_looked_at_it()
    {
        var id = await BegunAsync();
        Question((await AnswerAsync(Ann, id, "D8.2")).Json!, "D8.2")["final"]!.GetValue<double>().ShouldBe(0.5);
        await World.Refused(403, "reviewer-answered", Ann.PostJsonAsync($"/assessments/{id}/answers/D8.2/review"));
        await World.Refused(409, "nothing-answered", Bob.PostJsonAsync($"/assessments/{id}/answers/D8.6/review"));
        var reviewed = (await World.Must(200, Bob.PostJsonAsync($"/assessments/{id}/answers/D8.2/review", new { note = "saw the roster" }))).Json!;
        Question(reviewed, "D8.2").ShouldSatisfyAllConditions(q => q["final"]!.GetValue<double>().ShouldBe(1), q => q.Text("standing").ShouldBe("attested"));
    }

    [Fact]
    public async Task Leaves_a_question_out_once_a_second_person_agrees_and_for_a_year_at_most()
    {
        var id = await BegunAsync();
        var path = $"/assessments/{id}/exemptions/D8.5";
        await World.Refused(422, "exemption-too-long", Ann.PutJsonAsync(path, new { reason = "no costs", until = shared.Clock.GetUtcNow().AddMonths(13) }));
        await World.Refused(422, "exemption-passed", Ann.PutJsonAsync(path, new { reason = "no costs", until = shared.Clock.GetUtcNow().AddDays(-1) }));
        Question((await World.Must(200, Ann.PutJsonAsync(path, new { reason = "no costs" }))).Json!, "D8.5")["applicable"]!.GetValue<bool>().ShouldBeTrue("nobody has agreed yet");
        await World.Refused(403, "agreed-by-the-same", Ann.PostJsonAsync($"{path}/agreement"));
        var agreed = (await World.Must(200, Bob.PostJsonAsync($"{path}/agreement"))).Json!;
        (Question(agreed, "D8.5")["applicable"]!.GetValue<bool>(), agreed["exemptions"]![0].Text("agreedBy"), agreed["exemptions"]![0].Text("reason")).ShouldBe((false, "bob", "no costs"));
        await World.Refused(409, "exemption-agreed", Bob.PostJsonAsync($"{path}/agreement"));
        Question((await World.Must(200, Ann.DeleteJsonAsync(path))).Json!, "D8.5")["applicable"]!.GetValue<bool>().ShouldBeTrue();
        await World.Refused(404, "exemption-unknown", Ann.DeleteJsonAsync(path));
    }

    [Fact]
    public async Task Freezes_what_it_rests_on_when_it_is_completed_and_shows_the_trend_of_the_next()
    {
        var team = await TeamAsync();
        var id = await BegunAsync(team);
        await World.Refused(409, "assessment-empty", Ann.PostJsonAsync($"/assessments/{id}/completion"));
        await AnswerAsync(Ann, id, "D2.1", 0.5, 0.5);
        var completed = (await World.Must(200, Ann.PostJsonAsync($"/assessments/{id}/completion"))).Json!;
        (completed.Text("state"), completed.Text("completedBy")).ShouldBe(("completed", "ann"));
        var events = (await World.Must(200, Ann.GetJsonAsync($"/audit/events?stream=assessment:{id}"))).Json!["items"]!.AsArray();
        events.Select(e => e.Text("type")).ShouldBe(["assessment_begun", "attempt_refused", "question_answered", "assessment_completed"], ignoreOrder: true);
        events.Single(e => e.Text("type") == "assessment_completed")!["data"].Text("snapshot").ShouldBe(completed.Text("snapshot"));

        await World.Must(201, Ann.PostJsonAsync("/models", new { name = $"{team}-later", team, purpose = "after it" }));
        await World.Refused(409, "assessment-completed", Ann.PutJsonAsync($"/assessments/{id}/answers/D2.1", new { step = 4 }));
        (await World.Must(200, Ann.GetJsonAsync($"/assessments/{id}"))).Json!["result"]!.ToJsonString().ShouldBe(completed["result"]!.ToJsonString());
        var export = (await World.Must(200, Ann.GetJsonAsync($"/assessments/{id}/export"))).Json!;
        (export["answers"]![0].Text("respondent"), export["input"]!["evidence"]!.AsArray().Count).ShouldBe(("ann", 46), "every question but the two that only people can answer");

        var next = await BegunAsync(team);
        var trend = (await AnswerAsync(Ann, next, "D2.2")).Json!["trend"]!;
        (trend.Text("before"), trend["better"]!.ToJsonString(), trend["worse"]!.ToJsonString()).ShouldBe((id, """["D2.2"]""", """["D2.1"]"""));
        (await World.Must(200, Ann.GetJsonAsync($"/assessments?team={team}"))).Json!["items"]!.AsArray().Count.ShouldBe(2);
        (await World.Must(200, Ann.GetJsonAsync($"/assessments?team={team}&completed=true"))).Json!["items"]![0].Text("id").ShouldBe(id);
    }

    [Fact]
    public async Task Says_what_one_answer_would_change()
    {
        var id = await BegunAsync();
        await AnswerAsync(Ann, id, "D2.1", 0, 0);
        var what = (await World.Must(200, Ann.GetJsonAsync($"/assessments/{id}/what-if?question=D2.1&coverage=1&mode=1"))).Json!;
        (what["score"]!.GetValue<double>(), what["levels"]![0].Text("what"), what["levels"]![0]!["to"]!.GetValue<int>()).ShouldBe((1, "D2", 1));
        await World.Refused(400, "unknown-question", Ann.GetJsonAsync($"/assessments/{id}/what-if?question=D9.1"));
        await World.Refused(400, "coverage-out-of-range", Ann.GetJsonAsync($"/assessments/{id}/what-if?question=D2.1&coverage=7"));
    }

    [Fact]
    public async Task Works_out_what_a_team_can_do_and_shows_nobody_another_persons_skills()
    {
        var id = await BegunAsync();
        object skills = new { roles = new[] { "mlops_engineer" }, skills = new { Docker = 4, Kubernetes = 3, Jenkins = 1 } };
        await World.Refused(403, "skills-of-another", Ann.PutJsonAsync($"/assessments/{id}/skills/bob", skills));
        await World.Must(200, Bob.PutJsonAsync($"/assessments/{id}/skills/bob", skills));
        var team = (await World.Must(200, Lea.PutJsonAsync($"/assessments/{id}/skills/ann", new { skills = new { PyTorch = 4, Docker = 3 } }))).Json!["result"]!["skills"]!;
        team["roles"]!["mlops_engineer"]!["singlePoint"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldBe(["orchestration"]);
        team["roles"]!["mlops_engineer"]!["missing"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldContain("ci_cd");
        async Task<string[]> SeenAsync(HttpClient by) => [.. (await World.Must(200, by.GetJsonAsync($"/assessments/{id}/skills"))).Json!["items"]!.AsArray().Select(s => s.Text("subject"))];
        (await SeenAsync(Bob)).ShouldBe(["bob"]);
        (await SeenAsync(Lea)).ShouldBe(["ann", "bob"]);
        await World.Refused(400, "proficiency-out-of-range", Bob.PutJsonAsync($"/assessments/{id}/skills/bob", new { skills = new { Docker = 5 } }));
        await World.Refused(400, "unknown-role", Bob.PutJsonAsync($"/assessments/{id}/skills/bob", new { roles = new[] { "wizard" }, skills = new { Docker = 1 } }));
    }

    [Fact]
    public async Task Fills_in_the_test_score_of_a_system_and_takes_a_higher_mark_only_from_two()
    {
        var (world, team) = (shared.NextWorld(), await TeamAsync());
        await World.Must(201, Ann.PostJsonAsync("/models", new { name = world.Model, team, purpose = "tell flowers apart" }));
        await World.Must(201, Ann.PostJsonAsync($"/models/{world.Model}/versions", new { artifactDigest = World.Artifact, authors = new[] { "ann" } }));
        foreach (var digest in new[] { World.Artifact, World.OtherArtifact })
            await World.Must(201, world.Pipeline.PostJsonAsync($"/models/{world.Model}/versions/1/evidence", new { kind = "baseline-comparison", digest, producedAt = shared.Clock.GetUtcNow().AddDays(-1) }));
        var id = await BegunAsync(team);
        var sheet = $"/assessments/{id}/systems/{world.Model}";
        JsonNode Test(JsonNode json, string test) => json["tests"]!.AsArray().Single(t => t.Text("id") == test)!;
        var read = (await World.Must(200, Ann.GetJsonAsync(sheet))).Json!;
        (read["tests"]!.AsArray().Count, Test(read, "MT-M5")["mark"]!.GetValue<double>(), read["strict"]!.Text("band")).ShouldBe((28, 1, "0"));

        var raised = (await World.Must(200, Ann.PutJsonAsync($"{sheet}/tests/MT-D2", new { mark = 0.5 }))).Json!;
        (Test(raised, "MT-D2")["waits"]!.GetValue<bool>(), Test(raised, "MT-D2")["mark"]!.GetValue<double>()).ShouldBe((true, 0));
        await World.Refused(403, "agreed-by-the-same", Ann.PostJsonAsync($"{sheet}/tests/MT-D2/agreement"));
        Test((await World.Must(200, Bob.PostJsonAsync($"{sheet}/tests/MT-D2/agreement"))).Json!, "MT-D2")["mark"]!.GetValue<double>().ShouldBe(0.5);
        var none = (await World.Must(200, Ann.PutJsonAsync($"{sheet}/tests/MT-M5", new { mark = (double?)0 }))).Json!;
        Test(none, "MT-M5")["mark"]!.GetValue<double>().ShouldBe(0, "a lower mark needs nobody's leave");
        await World.Refused(400, "mark-out-of-range", Ann.PutJsonAsync($"{sheet}/tests/MT-D2", new { mark = 2 }));
        await World.Refused(400, "unknown-test", Ann.PutJsonAsync($"{sheet}/tests/MT-X1", new { mark = 1 }));
        await World.Refused(404, "model-unknown", Ann.GetJsonAsync($"/assessments/{id}/systems/nothing"));
    }

    [Theory]
    [InlineData("D9.9", """{"step":4}""", "unknown-question", "question")]
    [InlineData("D2.1", """{"step":5}""", "step-out-of-range", "step")]
    [InlineData("D2.1", """{"coverage":0.3,"mode":1}""", "coverage-out-of-range", "coverage")]
    [InlineData("D2.1", """{"coverage":1,"mode":0.7}""", "mode-out-of-range", "mode")]
    [InlineData("D2.1", """{"coverage":1}""", "mode-missing", "mode")]
    [InlineData("D2.1", """{}""", "coverage-missing", "coverage")]
    [InlineData("D2.1", """{"step":1,"mode":1}""", "mode-with-step", "mode")]
    [InlineData("D2.1", """{"step":1,"reference":"http://wiki"}""", "invalid-digest", "reference")]
    [InlineData("D2.1", """{"step":"NaN"}""", "wrong-type", "step")]
    public async Task Explains_an_answer_that_it_cannot_take(string question, string body, string code, string field)
    {
        var id = await BegunAsync();
        var refused = await World.Refused(400, code, Ann.PutJsonAsync($"/assessments/{id}/answers/{question}", JsonNode.Parse(body)));
        refused.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field);
    }

    [Theory]
    [InlineData("""{"weights":{"D1":-1}}""", "number-out-of-range", "weights.D1")]
    [InlineData("""{"weights":{"D1":1e999}}""", "number-out-of-range", "weights.D1")]
    [InlineData("""{"weights":{"D9":1}}""", "unknown-dimension", "weights.D9")]
    [InlineData("""{"weights":{"D1":0,"D2":0,"D3":0,"D4":0,"D5":0,"D6":0,"D7":0,"D8":0}}""", "weights-sum-to-zero", "weights")]
    [InlineData("""{"weights":{"D1":"NaN"}}""", "wrong-type", "weights.D1")]
    [InlineData("""{"targets":{"D2.1":1.5}}""", "target-out-of-range", "targets.D2.1")]
    [InlineData("""{"targets":{"D9.1":1}}""", "unknown-question", "targets.D9.1")]
    public async Task Explains_weights_and_targets_that_it_cannot_take(string body, string code, string field)
    {
        var id = await BegunAsync();
        using var json = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var refused = await World.Refused(400, code, Ann.PutJsonAsync($"/assessments/{id}/settings", json));
        refused.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain(field);
    }

    [Fact]
    public async Task Is_of_a_team_and_by_an_instrument_that_there_is()
    {
        await World.Refused(422, "team-unknown", Carl.PostJsonAsync("/assessments", new { team = "nobodys" }));
        var refused = await World.Refused(400, "unknown-instrument", Ann.PostJsonAsync("/assessments", new { team = await TeamAsync(), instrument = "horoscope" }));
        refused.Json!["errors"]!.AsObject().Select(e => e.Key).ShouldContain("instrument");
        await World.Refused(400, "window-out-of-range", Ann.PostJsonAsync("/assessments", new { team = await TeamAsync(), windowDays = 0 }));
        await World.Refused(404, "instrument-unknown", Ann.GetJsonAsync("/instruments/horoscope"));
        await World.Refused(404, "assessment-unknown", Ann.GetJsonAsync($"/assessments/{Guid.NewGuid()}"));
        await World.Refused(404, "assessment-unknown", Ann.PutJsonAsync($"/assessments/{Guid.NewGuid()}/answers/D2.1", new { step = 1 }));
        await World.Refused(403, "forbidden", shared.Server.As("dev:pipeline").PostJsonAsync("/assessments", new { team = await TeamAsync() }));
    }
}
