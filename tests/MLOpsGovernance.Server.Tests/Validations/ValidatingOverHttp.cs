namespace MLOpsGovernance.Server.Tests.Validations;

/// <summary>A validator's record, the conditions that go with it or with an approval, and what the gate makes of them.</summary>
public sealed class ValidatingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset In(int days) => shared.Clock.GetUtcNow().AddDays(days);

    private static object[] Conditions(string? owner, DateTimeOffset due, string id = "recalibrate") => [new { id, title = "recalibrate it", owner, due }];

    [Fact]
    public async Task Is_kept_with_the_version_and_is_no_approval()
    {
        var world = await shared.FoundedAsync();
        var id = (await ValidateAsync(world, new { scope = "held-out flowers", conclusion = "fit", limitations = "no roses", evidence = new[] { World.OtherArtifact } })).Text("id");

        var version = (await World.Must(200, world.Ann.GetJsonAsync(world.Path(1)))).Json!;
        var validation = version["validations"]!.AsArray().ShouldHaveSingleItem();
        (validation.Text("id"), validation.Text("scope"), validation.Text("conclusion"), validation.Text("limitations"), validation.Text("validator"), validation.Text("state"))
            .ShouldBe((id, "held-out flowers", "fit", "no roses", "eve", "live"));
        version["approvals"]!.AsArray().ShouldBeEmpty();
        (version["revalidation"].Text("basis"), version["revalidation"]!["months"]!.GetValue<int>()).ShouldBe(("validation", 24));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny", "validation is not approval");
        var said = (await world.EventsAsync("version_validated")).ShouldHaveSingleItem();
        (said.Text("actor"), said["data"].Text("conclusion")).ShouldBe(("eve", "fit"));
    }

    [Fact]
    public async Task Is_what_an_approval_rests_on_until_something_material_changes()
    {
        var world = await shared.FoundedAsync();
        var (fit, unfit) = ((await ValidateAsync(world, new { scope = "all", conclusion = "fit" })).Text("id"), (await ValidateAsync(world, new { scope = "all", conclusion = "unfit" })).Text("id"));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));

        await World.Refused(409, "validation-unfit", ApproveAsync(world, new { outcome = "approved", role = "model-validator", reason = "ok", validation = unfit }));
        await World.Refused(422, "validation-unknown", ApproveAsync(world, new { outcome = "approved", role = "model-validator", reason = "ok", validation = Guid.NewGuid() }));
        await World.Refused(400, "invalid-id", ApproveAsync(world, new { outcome = "approved", role = "model-validator", reason = "ok", validation = "Jane Doe" }));
        var approval = (await World.Must(201, ApproveAsync(world, new { outcome = "approved", role = "model-validator", reason = "ok", validation = fit }))).Text("id");
        (await world.ApprovalAsync(approval)).Text("validation").ShouldBe(fit);
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = World.OtherArtifact }));
        var version = (await world.Ann.GetJsonAsync(world.Path(1))).Json!;
        version["validations"]!.AsArray().Select(v => v.Text("state")).ShouldBe(["superseded", "superseded"]);
        await World.Refused(422, "validation-unknown", ApproveAsync(world, new { outcome = "approved", role = "model-validator", reason = "ok", validation = fit }));
    }

    [Fact]
    public async Task Keeps_the_gate_shut_once_a_condition_is_overdue_until_somebody_else_agrees_that_it_is_met()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Must(201, ApproveAsync(world, new { outcome = "approved-with-conditions", role = "model-validator", reason = "soon", conditions = Conditions("bob", In(10)) }));
        (await world.CheckAsync()).Text("outcome").ShouldBe("allow");
        shared.Clock.Forward(TimeSpan.FromDays(11));

        var denied = await world.CheckAsync();
        Failed(denied).ShouldBe(["REL-010"]);
        denied.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-010").Text("message").ShouldContain("condition recalibrate of bob");
        denied.Text("waitingFor").ShouldBe("human");

        await World.Refused(403, "reporter-not-owner", world.Ann.PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/fulfilment", new { reason = "done" }));
        await World.Refused(409, "condition-not-reported", world.Eve.PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/confirmation", new { reason = "seen" }));
        await World.Must(200, world.As("dev:contributor:bob").PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/fulfilment", new { reason = "done", evidence = new[] { World.OtherArtifact } }));
        Failed(await world.CheckAsync()).ShouldBe(["REL-010"], "its owner's word is not enough");
        await World.Refused(403, "confirmer-is-owner", world.As("dev:model-validator:bob").PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/confirmation", new { reason = "seen" }));
        var met = await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/conditions/recalibrate/confirmation", new { reason = "seen" }));

        met.Json!["conditions"]!.AsArray().ShouldHaveSingleItem().Text("state").ShouldBe("met");
        (await world.CheckAsync()).Text("outcome").ShouldBe("allow");
        (await world.EventsAsync("condition_met")).ShouldHaveSingleItem().Text("actor").ShouldBe("eve");
    }

    [Fact]
    public async Task Warns_where_a_validation_is_overdue_or_says_unfit()
    {
        var world = await shared.FoundedAsync();
        await ValidateAsync(world, new { scope = "all", conclusion = "fit", validUntil = In(5) });
        await world.ApprovedAsync();
        (await world.CheckAsync()).Text("outcome").ShouldBe("allow");
        shared.Clock.Forward(TimeSpan.FromDays(6));

        var overdue = await world.CheckAsync();
        (overdue.Text("outcome"), string.Join(',', Failed(overdue))).ShouldBe(("warn", "VAL-001"));
        await ValidateAsync(world, new { scope = "all", conclusion = "unfit" });
        Failed(await world.CheckAsync()).ShouldBe(["VAL-001", "VAL-002"]);
        await ValidateAsync(world, new { scope = "all again", conclusion = "fit" });
        (await world.CheckAsync()).Text("outcome").ShouldBe("allow");
    }

    [Fact]
    public async Task Is_refused_with_a_reason()
    {
        var world = await shared.FoundedAsync();
        var path = $"{world.Path(1)}/validations";
        var fit = new { scope = "all", conclusion = "fit" };
        await World.Refused(403, "validator-is-author", world.As("dev:model-validator:ann").PostJsonAsync(path, fit));
        await World.Refused(403, "forbidden", world.Rita.PostJsonAsync(path, fit));
        await World.Refused(422, "condition-without-owner", world.Eve.PostJsonAsync(path, new { scope = "all", conclusion = "fit-with-conditions", conditions = Conditions(null, In(3)) }));
        await World.Refused(422, "unknown-owner", world.Eve.PostJsonAsync(path, new { scope = "all", conclusion = "fit-with-conditions", conditions = Conditions("nobody-here", In(3)) }));
        await World.Refused(422, "condition-due-passed", world.Eve.PostJsonAsync(path, new { scope = "all", conclusion = "fit-with-conditions", conditions = Conditions("bob", In(-1)) }));
        await World.Refused(422, "conditions-not-expected", world.Eve.PostJsonAsync(path, new { scope = "all", conclusion = "fit", conditions = Conditions("bob", In(3)) }));
        await World.Refused(422, "valid-until-out-of-range", world.Eve.PostJsonAsync(path, new { scope = "all", conclusion = "fit", validUntil = In(-1) }));
        (await World.Must(400, world.Eve.PostJsonAsync(path, new { scope = "all", conclusion = "fine" }))).Detail.ShouldNotBeNull().ShouldContain("fit-with-conditions");
        await World.Refused(404, "version-unknown", world.Eve.PostJsonAsync($"{world.Path(9)}/validations", fit));
        await World.Refused(404, "condition-unknown", world.Ann.PostJsonAsync($"{world.Path(1)}/conditions/none/fulfilment", new { reason = "done" }));
        (await world.EventsAsync("version_validated")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Goes_with_an_approval_only_as_its_outcome_says()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Refused(400, "conditions-required", ApproveAsync(world, new { outcome = "approved-with-conditions", role = "model-validator", reason = "soon" }));
        await World.Refused(400, "conditions-not-expected", ApproveAsync(world, new { outcome = "approved", role = "model-validator", reason = "soon", conditions = Conditions("bob", In(3)) }));
        (await world.EventsAsync("version_approved")).ShouldBeEmpty();
    }

    private static Task<Answer> ApproveAsync(World world, object body) => world.Eve.PostJsonAsync($"{world.Path(1)}/approvals", body);

    private static Task<Answer> ValidateAsync(World world, object body) => World.Must(201, world.Eve.PostJsonAsync($"{world.Path(1)}/validations", body));

    private static IReadOnlyList<string> Failed(Answer check) =>
        [.. check.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail").Select(r => r.Text("rule"))];
}
