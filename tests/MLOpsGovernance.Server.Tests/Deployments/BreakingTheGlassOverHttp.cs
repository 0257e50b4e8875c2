namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>A version that the gate refuses goes live all the same: two people, for a limited time, for what may be waived, and a finding is left behind.</summary>
public sealed class BreakingTheGlassOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Opens_the_gate_once_a_second_person_agrees_and_leaves_a_finding()
    {
        var world = await shared.FoundedAsync();
        var id = await AskedAsync(world);
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");

        var agreed = await World.Must(200, AgreeAsync(world, world.Rita, id));

        var glass = agreed.Json!["breakGlass"]!.AsArray().ShouldHaveSingleItem()!;
        (glass.Text("requestedBy"), glass.Text("approvedBy"), glass.Text("environment"), glass["minutes"]!.GetValue<int>()).ShouldBe(("ann", "rita", "production", 30));
        var finding = agreed.Json["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding.Text("severity"), finding["open"]!.GetValue<bool>(), finding["version"]).ShouldBe(("high", true, null));
        (await world.EventsAsync("finding_opened")).ShouldHaveSingleItem()["data"].Text("cause").ShouldBe($"break-glass:{id}");

        var check = await world.AllowedAsync();
        var waived = check.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "waived").ToList();
        waived.Select(r => r.Text("rule")).ShouldBe(["REL-002", "REL-006"]);
        waived.ShouldAllBe(r => r!["waiver"].Text("name") == $"break-glass:{id}");
        await World.Must(201, world.DeployAsync(check));
    }

    [Fact]
    public async Task Opens_it_nowhere_else()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody()));
        await World.Must(200, AgreeAsync(world, world.Rita, await AskedAsync(world)));

        (await world.CheckAsync(environment: "staging")).Text("outcome").ShouldBe("deny");
        (await world.CheckAsync(version: 2)).Text("outcome").ShouldBe("deny");
        (await world.CheckAsync(artifact: World.OtherArtifact)).Text("outcome").ShouldBe("deny");
        await world.AllowedAsync();
    }

    [Fact]
    public async Task Closes_it_by_itself_when_the_time_is_over_for_decisions_made_before_too()
    {
        var world = await shared.FoundedAsync();
        var agreed = await World.Must(200, AgreeAsync(world, world.Rita, await AskedAsync(world)));
        var until = agreed.Json!["breakGlass"]![0]!["until"]!.GetValue<DateTimeOffset>();
        until.ShouldBe(shared.Clock.GetUtcNow().AddMinutes(30), TimeSpan.FromMinutes(1));
        var check = await world.AllowedAsync();
        check.Json!["validUntil"]!.GetValue<DateTimeOffset>().ShouldBe(until);

        shared.Clock.Forward(TimeSpan.FromMinutes(31));

        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        await World.Refused(409, "decision-stale", world.DeployAsync(check));
    }

    [Theory]
    [InlineData("dev:engineering-lead:ann", 403, "approver-requested")]
    [InlineData("dev:model-validator:bob", 403, "approver-is-author")]
    [InlineData("dev:contributor:cleo", 403, "forbidden")]
    [InlineData("dev:administrator:root", 403, "forbidden")]
    [InlineData("dev:pipeline", 403, "forbidden")]
    public async Task Is_not_agreed_to_by(string token, int status, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/authors/bob"));
        var id = await AskedAsync(world);

        await World.Refused(status, code, AgreeAsync(world, world.As(token), id));

        await StillShutAsync(world, token.Split(':')[^1], "approve-break-glass", code);
    }

    [Theory]
    [InlineData("dev:administrator:root")]
    [InlineData("dev:pipeline")]
    [InlineData("dev:viewer:vera")]
    public async Task Is_not_asked_for_by(string token)
    {
        var world = await shared.FoundedAsync();

        await World.Refused(403, "forbidden", AskAsync(world, world.As(token)));

        await StillShutAsync(world, token.Split(':')[^1], "request-break-glass", "forbidden");
    }

    [Fact]
    public async Task Is_neither_asked_for_nor_agreed_to_with_a_key()
    {
        var world = await shared.FoundedAsync();
        var key = world.As((await World.Must(201, world.As("dev:contributor:kim").PostJsonAsync("/api-keys", new { name = "release" }))).Text("token"));

        await World.Refused(403, "forbidden", AskAsync(world, key));
        await World.Refused(403, "forbidden", AgreeAsync(world, key, await AskedAsync(world)));

        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
    }

    [Fact]
    public async Task Is_not_agreed_to_by_who_owns_the_key_that_made_the_version()
    {
        var world = await shared.FoundedAsync();
        var key = world.As((await World.Must(201, world.As("dev:contributor:kim").PostJsonAsync("/api-keys", new { name = "training" }))).Text("token"));
        await World.Must(201, key.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        var id = (await World.Must(201, AskAsync(world, world.Ann, version: 2))).Text("id");

        await World.Refused(403, "approver-is-author", AgreeAsync(world, world.As("dev:model-validator:kim"), id, 2));

        await World.Must(200, AgreeAsync(world, world.Rita, id, 2));
        await world.AllowedAsync(2, artifact: World.OtherArtifact);
    }

    [Fact]
    public async Task Is_asked_for_where_there_is_something_to_open()
    {
        var world = await shared.FoundedAsync();

        (await World.Refused(422, "environment-unknown", AskAsync(world, world.Ann, "nowhere"))).Text("detail").ShouldContain("nowhere");
        await World.Refused(404, "version-unknown", AskAsync(world, world.Ann, version: 9));
        await World.Refused(404, "model-unknown", AskAsync(new World(shared.Server, $"{world.Model}-nowhere"), world.Ann));

        (await world.EventsAsync("attempt_refused")).Select(e => e["data"].Text("code")).ShouldBe(["environment-unknown", "version-unknown"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1441)]
    public async Task Lasts_from_a_minute_to_a_day(int minutes)
    {
        var world = await shared.FoundedAsync();

        var refused = await World.Must(400, AskAsync(world, world.Ann, minutes: minutes));

        refused.Json!["errors"]!["minutes"]![0]!.GetValue<string>().ShouldContain("from 1 to 1440");
    }

    [Fact]
    public async Task Lasts_four_hours_unless_said_otherwise()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/break-glass", new { environment = "production", reason = "the house burns" }))).Text("id");

        var agreed = await World.Must(200, AgreeAsync(world, world.Rita, id));

        agreed.Json!["breakGlass"]![0]!["until"]!.GetValue<DateTimeOffset>().ShouldBe(shared.Clock.GetUtcNow().AddHours(4), TimeSpan.FromMinutes(1));
        // However long the glass is broken, a decision is good for an hour.
        var check = await world.AllowedAsync();
        check.Json!["validUntil"]!.GetValue<DateTimeOffset>().ShouldBe(check.Json["checkedAt"]!.GetValue<DateTimeOffset>().AddHours(1));
    }

    [Fact]
    public async Task Is_agreed_to_once_and_for_the_version_it_was_asked_for()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        var id = await AskedAsync(world);

        await World.Refused(404, "break-glass-unknown", AgreeAsync(world, world.Rita, id, 2));
        await World.Refused(404, "break-glass-unknown", AgreeAsync(world, world.Rita, "01990000-0000-7000-8000-000000000000"));
        await World.Must(200, AgreeAsync(world, world.Rita, id));
        await World.Refused(409, "break-glass-approved", AgreeAsync(world, world.Carl, id));

        (await world.EventsAsync("finding_opened")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_for_what_the_version_was_when_it_was_asked_for()
    {
        var world = await shared.FoundedAsync();
        var (before, id) = (await AskedAsync(world), await AskedAsync(world));
        await World.Must(200, AgreeAsync(world, world.Rita, before));
        await world.AllowedAsync();

        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact }));

        (await world.CheckAsync(artifact: World.OtherArtifact)).Text("outcome").ShouldBe("deny");
        await World.Refused(409, "break-glass-outdated", AgreeAsync(world, world.Rita, id));
    }

    [Theory]
    [InlineData("a dataset is withdrawn", "REL-005")]
    [InlineData("the version is suspended", "REL-007")]
    [InlineData("the use is prohibited", "REL-008")]
    public async Task Does_not_open_what_may_not_be_waived(string what, string rule)
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, AgreeAsync(world, world.Rita, await AskedAsync(world)));
        await world.AllowedAsync();

        await (what switch
        {
            "a dataset is withdrawn" => World.Must(200, world.Ann.PostJsonAsync($"/datasets/{world.Dataset}/withdrawal", new { reason = "a mistake" })),
            "the version is suspended" => World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/suspension", new { reason = "odd", version = 1 })),
            _ => World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "scores people" })),
        });

        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        var failed = denied.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail").Select(r => r.Text("rule")).ToList();
        // For what is prohibited nothing is waived at all.
        if (rule == "REL-008") failed.ShouldContain(rule);
        else failed.ShouldBe([rule]);
        denied.Text("waitingFor").ShouldBe("none");
    }

    [Fact]
    public async Task Is_never_asked_for_nor_agreed_to_for_a_prohibited_practice()
    {
        var world = await shared.FoundedAsync();
        var id = await AskedAsync(world);
        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "scores people" }));

        await World.Refused(409, "prohibited-practice", AskAsync(world, world.Ann));
        await World.Refused(409, "prohibited-practice", AgreeAsync(world, world.Rita, id));

        (await world.EventsAsync("attempt_refused")).Select(e => e["data"].Text("code")).ShouldBe(["prohibited-practice", "prohibited-practice"]);
    }

    [Fact]
    public async Task Waives_nothing_any_more_once_the_use_is_prohibited_and_past_decisions_replay_all_the_same()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, AgreeAsync(world, world.Rita, await AskedAsync(world)));
        var before = await world.AllowedAsync();
        await World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "scores people" }));

        var denied = await world.CheckAsync();

        denied.Text("outcome").ShouldBe("deny");
        denied.Json!["rules"]!.AsArray().Select(r => r.Text("result")).ShouldNotContain("waived");
        await World.Refused(409, "decision-overtaken", world.DeployAsync(before));
        foreach (var check in new[] { before, denied })
            (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Is_not_agreed_to_after_what_was_urgent_for_so_many_minutes_and_what_it_decided_replays_after_it_ended()
    {
        var world = await shared.FoundedAsync();
        var late = await AskedAsync(world);
        await World.Must(200, AgreeAsync(world, world.Rita, await AskedAsync(world)));
        var check = await world.AllowedAsync();

        shared.Clock.Forward(TimeSpan.FromMinutes(31));

        await World.Refused(409, "break-glass-expired", AgreeAsync(world, world.Rita, late));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await World.Must(200, world.Ann.PostJsonAsync($"/policy-checks/{check.Text("decisionId")}/replay"))).Json!["identical"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Leaves_its_finding_to_a_third_person_and_the_gate_shut_until_it_is_closed()
    {
        var world = await shared.FoundedAsync();
        var agreed = await World.Must(200, AgreeAsync(world, world.Rita, await AskedAsync(world, world.Carl)));
        var closure = $"{world.Path()}/findings/{agreed.Json!["findings"]![0].Text("id")}/closure";
        shared.Clock.Forward(TimeSpan.FromMinutes(31));
        await world.ApprovedAsync();
        (await world.CheckAsync()).Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail").ShouldHaveSingleItem()!.Text("rule").ShouldBe("REL-006");

        await World.Refused(403, "closer-is-author", world.Ann.PostJsonAsync(closure, new { reason = "done" }));
        await World.Refused(403, "closer-broke-the-glass", world.Carl.PostJsonAsync(closure, new { reason = "done" }));
        await World.Refused(403, "closer-broke-the-glass", world.Rita.PostJsonAsync(closure, new { reason = "done" }));
        await World.Must(200, world.Eve.PostJsonAsync(closure, new { reason = "looked into" }));

        await world.AllowedAsync();
    }

    private static Task<Answer> AskAsync(World world, HttpClient by, string environment = "production", int version = 1, int minutes = 30) =>
        by.PostJsonAsync($"{world.Path(version)}/break-glass", new { environment, reason = "the house burns", minutes });

    private static async Task<string> AskedAsync(World world, HttpClient? by = null) => (await World.Must(201, AskAsync(world, by ?? world.Ann))).Text("id");

    private static Task<Answer> AgreeAsync(World world, HttpClient by, string id, int version = 1) =>
        by.PostJsonAsync($"{world.Path(version)}/break-glass/{id}/approval", new { reason = "it does" });

    private static async Task StillShutAsync(World world, string actor, string action, string code)
    {
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await world.EventsAsync("finding_opened")).ShouldBeEmpty();
        var attempt = (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem();
        (attempt.Text("actor"), attempt["data"].Text("action"), attempt["data"].Text("code")).ShouldBe((actor, action, code));
    }
}
