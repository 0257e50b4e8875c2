using MLOpsGovernance.Server.Tests.Storage;

namespace MLOpsGovernance.Server.Tests.Deployments;

/// <summary>A deployment stands on one allowed, unused, valid decision for exactly this; anything else is refused with a code of its own, recorded, and changes nothing.</summary>
public sealed class RefusingADeployment(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Happens_for_a_decision_that_nobody_knows()
    {
        var world = await shared.FoundedAsync();

        await RefusedAsync(world, 404, "decision-unknown", DeployAsync(world, Guid.NewGuid().ToString()));
    }

    [Fact]
    public async Task Happens_for_something_that_is_no_decision()
    {
        var world = await shared.FoundedAsync();
        var answer = await World.Refused(400, "invalid-decision-id", DeployAsync(world, "yesterday"));
        answer.Json!["errors"]!["decisionId"]![0]!.GetValue<string>().ShouldContain("UUID");
    }

    [Fact]
    public async Task Happens_for_a_decision_on_another_model()
    {
        var (world, other) = (await shared.FoundedAsync(), await shared.FoundedAsync());
        await other.ApprovedAsync();
        var check = await other.AllowedAsync();

        var refused = await RefusedAsync(world, 409, "decision-mismatch", world.DeployAsync(check));
        refused.Text("detail").ShouldContain($"model {other.Model}, not {world.Model}");
        await World.Must(201, other.DeployAsync(check));
    }

    [Fact]
    public async Task Happens_for_a_decision_on_another_version()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody()));
        await world.ApprovedAsync();

        var refused = await RefusedAsync(world, 409, "decision-mismatch", world.DeployAsync(await world.AllowedAsync(), version: 2));
        refused.Text("detail").ShouldContain("version 1, not 2");
    }

    [Fact]
    public async Task Happens_for_a_decision_on_another_environment()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var refused = await RefusedAsync(world, 409, "decision-mismatch", world.DeployAsync(await world.AllowedAsync(environment: "staging")));
        refused.Text("detail").ShouldContain("environment staging, not production");
    }

    [Fact]
    public async Task Happens_for_a_dry_run()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var dry = await world.CheckAsync(dryRun: true);
        dry.Text("outcome").ShouldBe("allow");

        await RefusedAsync(world, 409, "decision-is-dry-run", world.DeployAsync(dry));
    }

    [Fact]
    public async Task Happens_for_a_denial_even_after_what_was_missing_is_there()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        await world.ApprovedAsync();

        var refused = await RefusedAsync(world, 409, "decision-not-allowed", world.DeployAsync(denied));
        refused.Text("detail").ShouldContain("deny");
    }

    [Fact]
    public async Task Happens_for_a_decision_on_what_is_not_known()
    {
        var world = await shared.FoundedAsync();
        var denied = await world.CheckAsync(version: 9);

        await World.Refused(404, "version-unknown", world.DeployAsync(denied, version: 9));
        await World.Refused(404, "model-unknown", world.DeployAsync(denied, $"{world.Model}-nowhere"));
    }

    [Fact]
    public async Task Happens_the_second_time_a_decision_is_used()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(201, world.DeployAsync(check));

        await World.Refused(409, "decision-used", world.DeployAsync(check));

        (await world.EventsAsync("model_deployed")).Count.ShouldBe(1);
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
    }

    [Fact]
    public async Task Happens_an_hour_after_the_decision()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        (check.Json!["validUntil"]!.GetValue<DateTimeOffset>() - check.Json["checkedAt"]!.GetValue<DateTimeOffset>()).ShouldBe(TimeSpan.FromHours(1));

        shared.Clock.Forward(TimeSpan.FromMinutes(61));

        await RefusedAsync(world, 409, "decision-stale", world.DeployAsync(check));
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
    }

    [Fact]
    public async Task Does_not_happen_a_moment_before_that()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();

        shared.Clock.Forward(TimeSpan.FromMinutes(59));

        await World.Must(201, world.DeployAsync(check));
    }

    /// <summary>The facts are what the deployment compares with now: altered ones could hide that something changed.</summary>
    [Theory]
    [InlineData("update governance.content set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '\"state\":\"live\"', '\"state\":\"lost\"'), 'UTF8')", "facts-changed")]
    [InlineData("update governance.content set bytes = 'no json'", "facts-changed")]
    [InlineData("delete from governance.content", "facts-missing")]
    public async Task Happens_when_the_facts_of_the_decision_are_not_those_it_was_made_on(string tampering, string code)
    {
        var world = await shared.FoundedAsync();
        var approval = await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));

        await LocalPostgresTest.QueryAsync(shared.Connection, $"{tampering} where digest = '{check.Text("factsDigest")}'");

        await RefusedAsync(world, 409, code, world.DeployAsync(check));
    }

    [Theory]
    [InlineData("dev:viewer:vera")]
    [InlineData("dev:executive:max")]
    public async Task Happens_to_those_who_only_read(string token)
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var check = await world.AllowedAsync();

        await RefusedAsync(world, 403, "forbidden", DeployAsync(world, check.Text("decisionId"), token), token.Split(':')[2]);
    }

    /// <summary>Who is in scope may deploy on a decision that somebody else asked for.</summary>
    [Fact]
    public async Task Does_not_happen_because_somebody_else_asked()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();

        var deployed = await World.Must(201, DeployAsync(world, (await world.AllowedAsync()).Text("decisionId"), "dev:contributor:cleo"));

        deployed.Text("by").ShouldBe("cleo");
    }

    private static Task<Answer> DeployAsync(World world, string decision, string token = "dev:pipeline") =>
        world.As(token).PostJsonAsync("/deployments", new { model = world.Model, version = 1, environment = "production", decisionId = decision });

    private static async Task<Answer> RefusedAsync(World world, int status, string code, Task<Answer> call, string actor = "pipeline")
    {
        var answer = await World.Refused(status, code, call);
        var attempt = (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem();
        (attempt.Text("actor"), attempt["data"].Text("action"), attempt["data"].Text("code")).ShouldBe((actor, "record-deployment", code));
        (await world.EventsAsync("model_deployed")).ShouldBeEmpty();
        (await world.Ann.GetJsonAsync(world.Path())).Json!["deployments"]!.AsArray().ShouldBeEmpty();
        return answer;
    }
}
