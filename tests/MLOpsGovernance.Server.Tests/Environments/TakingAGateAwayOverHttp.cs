namespace MLOpsGovernance.Server.Tests.Environments;

/// <summary>A gate is taken away by two people and put back by one; until the second agrees, nothing opens.</summary>
public sealed class TakingAGateAwayOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private static int _sites;

    private readonly string _path = $"/environments/site-{Interlocked.Increment(ref _sites)}";

    private string Name => _path.Split('/')[^1];

    [Fact]
    public async Task Needs_a_second_person()
    {
        var world = await SiteAsync();

        var proposed = await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = false, reason = "a sandbox" }));
        proposed.Json!["gated"]!.GetValue<bool>().ShouldBeTrue();
        proposed.Json["ungatingProposedBy"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["root"]);
        await World.Refused(403, "second-person-required", world.Root.PutJsonAsync(_path, new { gated = false, reason = "really" }));
        await World.Refused(403, "second-person-required", world.As("dev:compliance-officer:root").PutJsonAsync(_path, new { gated = false, reason = "in another role" }));
        (await world.CheckAsync(environment: Name)).Text("outcome").ShouldBe("deny");

        var ungated = await World.Must(200, world.Carl.PutJsonAsync(_path, new { gated = false, reason = "agreed" }));

        ungated.Json!["gated"]!.GetValue<bool>().ShouldBeFalse();
        ungated.Json["ungatingProposedBy"]!.AsArray().ShouldBeEmpty();
        await world.AllowedAsync(environment: Name);
        (await world.EventsAsync(stream: $"environment:{Name}")).Select(e => (e.Text("type"), e.Text("actor"))).ShouldBe(
        [
            ("environment_registered", "root"), ("environment_ungating_proposed", "root"), ("attempt_refused", "root"), ("attempt_refused", "root"), ("environment_ungated", "carl"),
        ]);
    }

    [Fact]
    public async Task Is_undone_by_one_person_at_once()
    {
        var world = await UngatedAsync();
        await world.AllowedAsync(environment: Name);

        (await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = true }))).Json!["gated"]!.GetValue<bool>().ShouldBeTrue();

        (await world.CheckAsync(environment: Name)).Text("outcome").ShouldBe("deny");
    }

    [Fact]
    public async Task Is_forgotten_when_the_proposal_is_dropped()
    {
        var world = await SiteAsync();
        await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = false, reason = "a sandbox" }));
        await World.Must(200, world.Carl.PutJsonAsync(_path, new { gated = true, reason = "no" }));

        var anew = await World.Must(200, world.Carl.PutJsonAsync(_path, new { gated = false, reason = "or perhaps" }));

        anew.Json!["gated"]!.GetValue<bool>().ShouldBeTrue();
        anew.Json["ungatingProposedBy"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["carl"]);
    }

    [Fact]
    public async Task Does_not_happen_by_registering_without_a_gate_or_by_changing_something_else()
    {
        var world = await shared.FoundedAsync();

        (await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = false, reason = "from the start" }))).Json!["gated"]!.GetValue<bool>().ShouldBeTrue();
        var changed = await World.Must(200, world.Carl.PutJsonAsync(_path, new { region = "eu", target = "kserve" }));

        (changed.Json!["gated"]!.GetValue<bool>(), changed.Text("region"), changed.Text("target")).ShouldBe((true, "eu", "kserve"));
        changed.Json["ungatingProposedBy"]!.AsArray().Count.ShouldBe(1);
        (await world.CheckAsync(environment: Name)).Text("outcome").ShouldBe("deny");
    }

    [Fact]
    public async Task Needs_a_reason()
    {
        var world = await SiteAsync();
        (await World.Must(400, world.Root.PutJsonAsync(_path, new { gated = false }))).Json!["errors"]!["reason"]![0]!.GetValue<string>().ShouldContain("taking a gate away needs a reason");
    }

    [Theory]
    [InlineData("dev:contributor:ann")]
    [InlineData("dev:pipeline")]
    [InlineData("dev:model-validator:eve")]
    [InlineData("dev:ai-risk-officer:rita")]
    [InlineData("dev:engineering-lead:lee")]
    [InlineData("dev:viewer:vera")]
    public async Task Is_not_for_everybody(string token)
    {
        var world = await SiteAsync();
        await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = false, reason = "a sandbox" }));

        await World.Refused(403, "forbidden", world.As(token).PutJsonAsync(_path, new { gated = false, reason = "agreed" }));

        (await world.Ann.GetJsonAsync(_path)).Json!["gated"]!.GetValue<bool>().ShouldBeTrue();
        var attempt = (await world.EventsAsync("attempt_refused", $"environment:{Name}")).ShouldHaveSingleItem();
        (attempt.Text("actor"), attempt["data"].Text("action"), attempt["data"].Text("code")).ShouldBe((token.Split(':')[^1], "put-environment", "forbidden"));
    }

    /// <summary>Without a gate no policy is asked; what the model itself forbids holds all the same.</summary>
    [Theory]
    [InlineData("nothing", null)]
    [InlineData("suspended", "version-suspended")]
    [InlineData("recalled", "version-recalled")]
    [InlineData("retired", "version-retired")]
    public async Task Lets_in_what_is_not_approved_but_never_what_was_stopped(string what, string? code)
    {
        var world = await UngatedAsync();
        if (what == "suspended") await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/suspension", new { reason = "odd", version = 1 }));
        if (what == "recalled") await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/recall", new { reason = "unfit" }));
        if (what == "retired") await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/retirement", new { reason = "old", version = 1 }));

        var check = await world.CheckAsync(environment: Name);

        if (code is null) await World.Must(201, world.DeployAsync(check, environment: Name));
        else await World.Refused(409, code, world.DeployAsync(check, environment: Name));
    }

    [Fact]
    public async Task Lets_in_no_other_artifact_than_the_registered_one()
    {
        var world = await UngatedAsync();
        var check = await world.CheckAsync(environment: Name, artifact: World.OtherArtifact);

        await World.Refused(409, "decision-mismatch", world.DeployAsync(check, environment: Name));
    }

    private async Task<World> SiteAsync()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = true }));
        return world;
    }

    private async Task<World> UngatedAsync()
    {
        var world = await SiteAsync();
        await World.Must(200, world.Root.PutJsonAsync(_path, new { gated = false, reason = "a sandbox" }));
        await World.Must(200, world.Carl.PutJsonAsync(_path, new { gated = false, reason = "agreed" }));
        return world;
    }
}
