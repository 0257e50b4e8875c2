namespace MLOpsGovernance.Server.Tests.Waivers;

/// <summary>What cannot be waived, by whom, and for how long: each is answered with what is wrong, and stays in the history.</summary>
public sealed class RefusingAWaiver(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset In(double days) => shared.Clock.GetUtcNow().AddDays(days);

    [Fact]
    public async Task Says_what_cannot_be_asked_for()
    {
        var world = await shared.FoundedAsync();
        await World.Refused(422, "rule-unknown", world.AskForWaiverAsync(rule: "REL-999", until: In(1)));
        await World.Refused(422, "rule-not-waivable", world.AskForWaiverAsync(rule: "REL-008", until: In(1)));
        await World.Refused(422, "environment-unknown", world.AskForWaiverAsync(environment: "nowhere", until: In(1)));
        await World.Refused(404, "version-unknown", world.AskForWaiverAsync(version: 9, until: In(1)));
        await World.Refused(422, "expiry-passed", world.AskForWaiverAsync(until: In(-1)));
        (await World.Refused(422, "waiver-too-long", world.AskForWaiverAsync(until: In(31)))).Detail!.ShouldContain("release allows a waiver until");
        await World.Refused(422, "compensating-control-required", world.AskForWaiverAsync(until: In(1), control: null));
        await World.Refused(422, "digest-unknown", world.Ann.PostJsonAsync("/waivers", new
        {
            model = world.Model, environment = "production", rule = "REL-002", artifactDigest = World.OtherArtifact, expiresAt = In(1), reason = "x", compensatingControl = "y",
        }));
        (await world.EventsAsync("attempt_refused")).Select(e => e["data"].Text("code")).ShouldBe(
            ["rule-unknown", "rule-not-waivable", "environment-unknown", "version-unknown", "expiry-passed", "waiver-too-long", "compensating-control-required", "digest-unknown"]);
        await World.Refused(404, "model-unknown", new World(shared.Server, $"{world.Model}-nowhere").AskForWaiverAsync(until: In(1)));
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
    }

    [Fact]
    public async Task Says_that_a_waiver_has_an_end()
    {
        var world = await shared.FoundedAsync();
        var refused = await World.Must(400, world.AskForWaiverAsync());
        (refused.Code, refused.Json!["errors"]!["expiresAt"]![0]!.GetValue<string>()).ShouldBe(("expiry-required", "a waiver has an end: RFC 3339 with a zone, such as 2026-01-31T12:00:00Z."));
    }

    [Fact]
    public async Task Names_the_waiver_that_there_is_already()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.AskForWaiverAsync(until: In(5)))).Text("id");
        (await World.Refused(409, "waiver-exists", world.AskForWaiverAsync(until: In(4)))).Detail!.ShouldContain(id);
        var until = In(5);
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.AskForWaiverAsync(rule: "REL-006", until: until)))).Count(a => a.Status == 201).ShouldBe(1, "asked for at once");

        await World.Must(200, world.Ann.DecideAsync(id, "withdrawal"));
        await World.Must(201, world.AskForWaiverAsync(until: In(4)));
    }

    [Theory]
    [InlineData("dev:ai-risk-officer:ann", "approver-requested")]
    [InlineData("dev:ai-risk-officer:bob", "approver-is-author")]
    [InlineData("dev:model-validator:eve", "role-not-held")]
    [InlineData("dev:engineering-lead:leo", "role-not-held")]
    [InlineData("dev:contributor:cleo", "forbidden")]
    [InlineData("dev:administrator:root", "forbidden")]
    [InlineData("dev:pipeline", "forbidden")]
    public async Task Says_who_cannot_approve_it(string token, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/authors/bob"));
        var id = (await World.Must(201, world.AskForWaiverAsync(until: In(5)))).Text("id");

        await World.Refused(403, code, world.As(token).DecideAsync(id, "approval"));

        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        (await world.EventsAsync("attempt_refused", $"waiver:{id}")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe(code);
    }

    [Theory]
    [InlineData("dev:contributor:cleo", "not-in-team")]
    [InlineData("dev:engineering-lead:leo", "not-in-team")]
    [InlineData("dev:viewer:vera", "forbidden")]
    [InlineData("dev:administrator:root", "forbidden")]
    [InlineData("dev:pipeline", "forbidden")]
    public async Task Says_who_cannot_ask(string token, string code)
    {
        var world = await shared.FoundedAsync();
        await World.Refused(403, code, world.AskForWaiverAsync(world.As(token), until: In(5)));
        (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem()["data"].Text("code").ShouldBe(code);
    }

    [Fact]
    public async Task Says_that_it_is_too_late()
    {
        var world = await shared.FoundedAsync();
        var (withdrawn, lapsed) = ((await World.Must(201, world.AskForWaiverAsync(until: In(5)))).Text("id"), (await World.Must(201, world.AskForWaiverAsync(rule: "REL-006", until: In(0.1)))).Text("id"));
        await World.Refused(403, "withdrawer-not-requester", world.Eve.DecideAsync(withdrawn, "withdrawal"));
        await World.Must(200, world.Ann.DecideAsync(withdrawn, "withdrawal"));
        await World.Refused(409, "waiver-not-open", world.Rita.DecideAsync(withdrawn, "approval"));
        await World.Refused(409, "waiver-not-approved", world.Rita.DecideAsync(withdrawn, "revocation"));
        shared.Clock.Forward(TimeSpan.FromHours(3));
        (await World.Refused(409, "waiver-not-open", world.Rita.DecideAsync(lapsed, "approval"))).Detail!.ShouldContain("lapsed");
        await World.Refused(404, "waiver-unknown", world.Rita.DecideAsync("01990000-0000-7000-8000-000000000000", "approval"));
        await World.Refused(404, "waiver-unknown", world.Ann.GetJsonAsync("/waivers/nothing"));
    }

    [Fact]
    public async Task Says_who_cannot_revoke_it()
    {
        var world = await shared.FoundedAsync();
        var id = await world.WaivedAsync(In(5));
        await World.Refused(403, "revoker-not-entitled", world.As("dev:contributor:bob").DecideAsync(id, "revocation"));
        await world.AllowedAsync();
        await World.Must(200, world.Ann.DecideAsync(id, "revocation"));
    }
}
