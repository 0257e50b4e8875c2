namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>Back to what ran here before: at once, without a fresh approval, and looked into afterwards. Everything else is no rollback.</summary>
public sealed class RollingBack(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Puts_back_what_ran_here_ends_what_took_its_place_and_opens_a_finding_to_follow_up()
    {
        var world = await TwiceDeployedAsync();
        var check = await world.AllowedAsync(action: "rollback");

        var rolled = await World.Must(201, world.DeployAsync(check));

        rolled.Text("action").ShouldBe("rollback");
        var model = (await world.Ann.GetJsonAsync(world.Path())).Json!;
        var (first, second, third) = (model["deployments"]![0]!, model["deployments"]![1]!, model["deployments"]![2]!);
        third.Text("id").ShouldBe(rolled.Text("id"));
        third.Text("replaces").ShouldBe(second.Text("id"));
        (first["endedAt"], second["endedAt"], third["endedAt"]).ShouldSatisfyAllConditions(d => d.Item1.ShouldNotBeNull(), d => d.Item2.ShouldNotBeNull(), d => d.Item3.ShouldBeNull());
        var finding = model["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding.Text("severity"), finding["version"]!.GetValue<int>(), finding["open"]!.GetValue<bool>()).ShouldBe(("medium", 1, true));
        (await world.EventsAsync("model_rolled_back")).ShouldHaveSingleItem()["data"].Text("decisionId").ShouldBe(check.Text("decisionId"));
        (await world.EventsAsync("finding_opened")).ShouldHaveSingleItem()["data"].Text("cause").ShouldBe("rollback");

        var live = (await World.Must(200, world.Ann.GetJsonAsync("/environments/production/deployments?limit=500"))).Json!["items"]!.AsArray();
        live.Where(d => d.Text("model") == world.Model).ShouldHaveSingleItem()!.Text("id").ShouldBe(rolled.Text("id"));
    }

    [Fact]
    public async Task Needs_no_approval_that_still_stands_nor_anything_else_that_takes_time()
    {
        var world = await TwiceDeployedAsync();
        var approval = (await world.Ann.GetJsonAsync(world.Path(1))).Json!["approvals"]![0].Text("id");
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "critical", version = 1 }));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");

        await World.Must(201, world.DeployAsync(await world.AllowedAsync(action: "rollback")));
    }

    [Fact]
    public async Task Is_no_way_in_for_a_version_that_never_ran_anywhere()
    {
        var world = await TwiceDeployedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody()));
        await world.ApprovedAsync(version: 3);

        await DeniedAsync(world, "RBK-001", "version 3 was never live in production", 3);
    }

    [Fact]
    public async Task Is_no_way_in_for_a_version_that_ran_in_another_environment()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(environment: "staging"), environment: "staging"));

        await DeniedAsync(world, "RBK-001", "version 1 was never live in production");
        await world.AllowedAsync(environment: "staging", action: "rollback");
    }

    [Fact]
    public async Task Is_no_way_in_for_another_artifact()
    {
        var world = await TwiceDeployedAsync();

        await DeniedAsync(world, "RBK-001", $"the version was live here, but not with {World.OtherArtifact}", artifact: World.OtherArtifact);
    }

    [Theory]
    [InlineData("suspended", "RBK-002", "the version is suspended")]
    [InlineData("the whole model suspended", "RBK-002", "the model is suspended")]
    [InlineData("recalled", "RBK-002", "the version is recalled")]
    [InlineData("retired", "RBK-002", "the version is retired")]
    [InlineData("prohibited", "RBK-003", "prohibited")]
    public async Task Stops_at_what_is(string stopped, string rule, string message)
    {
        var world = await TwiceDeployedAsync();
        await StopAsync(world, stopped);

        await DeniedAsync(world, rule, message);
    }

    [Theory]
    [InlineData("suspended", "suspended")]
    [InlineData("the whole model suspended", "suspended")]
    [InlineData("recalled", "version-recalled")]
    [InlineData("retired", "retired")]
    [InlineData("prohibited", "risk-changed")]
    public async Task Stops_at_what_was_decided_before_it_was(string stopped, string code)
    {
        var world = await TwiceDeployedAsync();
        var check = await world.AllowedAsync(action: "rollback");
        await StopAsync(world, stopped);

        (await World.Refused(409, "decision-overtaken", world.DeployAsync(check))).Text("overtakenCode").ShouldBe(code);
    }

    [Fact]
    public async Task Cannot_be_made_of_a_decision_to_deploy_nor_the_other_way_round()
    {
        var world = await TwiceDeployedAsync();
        (await World.Must(201, world.DeployAsync(await world.AllowedAsync(2, artifact: World.OtherArtifact), version: 2))).Text("action").ShouldBe("deploy");
        (await World.Must(201, world.DeployAsync(await world.AllowedAsync(2, action: "promote", artifact: World.OtherArtifact), version: 2))).Text("action").ShouldBe("promote");
        (await world.EventsAsync("model_rolled_back")).ShouldBeEmpty();
        (await world.EventsAsync("finding_opened")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaves_its_finding_to_somebody_who_had_no_hand_in_the_version()
    {
        var world = await TwiceDeployedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(action: "rollback")));
        var closure = $"{world.Path()}/findings/{(await world.Ann.GetJsonAsync(world.Path())).Json!["findings"]![0].Text("id")}/closure";

        await World.Refused(403, "closer-is-author", world.Ann.PostJsonAsync(closure, new { reason = "it was nothing" }));
        await World.Refused(403, "forbidden", world.Pipeline.PostJsonAsync(closure, new { reason = "it was nothing" }));

        var closed = await World.Must(200, world.Eve.PostJsonAsync(closure, new { reason = "the input was wrong" }));
        closed.Json!["findings"]![0]!["open"]!.GetValue<bool>().ShouldBeFalse();
    }

    /// <summary>Version 1, then version 2, each approved and deployed to production.</summary>
    private async Task<World> TwiceDeployedAsync()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await world.ApprovedAsync(version: 2);
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(2, artifact: World.OtherArtifact), version: 2));
        return world;
    }

    private static Task StopAsync(World world, string how) => how switch
    {
        "suspended" => World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/suspension", new { reason = "odd", version = 1 })),
        "the whole model suspended" => World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/suspension", new { reason = "odd" })),
        "recalled" => World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/recall", new { reason = "unfit" })),
        "retired" => World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/retirement", new { reason = "old", version = 1 })),
        _ => World.Must(200, world.Carl.PutJsonAsync($"{world.Path()}/risk", new { euAiAct = "prohibited", tier = 1, reason = "scores people" })),
    };

    private static async Task DeniedAsync(World world, string rule, string message, int version = 1, string artifact = World.Artifact)
    {
        var denied = await World.Must(200, world.CheckAsync(version: version, action: "rollback", artifact: artifact));
        denied.Text("outcome").ShouldBe("deny");
        var failed = denied.Json!["rules"]!.AsArray().Where(r => r.Text("result") == "fail").ShouldHaveSingleItem()!;
        failed.Text("rule").ShouldBe(rule);
        failed.Text("message").ShouldContain(message);
        await World.Refused(409, "decision-not-allowed", world.DeployAsync(denied, version: version));
        (await world.EventsAsync("model_rolled_back")).ShouldBeEmpty();
    }
}
