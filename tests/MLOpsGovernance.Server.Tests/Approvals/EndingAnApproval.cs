namespace MLOpsGovernance.Server.Tests.Approvals;

/// <summary>An approval ends by its time, or by somebody who takes it back.</summary>
public sealed class EndingAnApproval(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Happens_by_itself_when_its_time_is_over()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        var until = shared.Clock.GetUtcNow().AddMinutes(30);
        var approved = await World.Must(201, world.ApproveAsync(world.Eve, validUntil: until));
        approved.Json!["validUntil"]!.GetValue<DateTimeOffset>().ShouldBe(until, TimeSpan.FromMilliseconds(1));
        await world.AllowedAsync();

        shared.Clock.Forward(TimeSpan.FromMinutes(31));

        var approval = await world.ApprovalAsync(approved.Text("id"));
        approval.Text("state").ShouldBe("expired");
        approval["why"]![0].Text("code").ShouldBe("expired");
        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        denied.Text("waitingFor").ShouldBe("human");
        denied.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-002").Text("message").ShouldContain("the approval of eve (model-validator) expired on ");
        (await world.EventsAsync("approval_superseded")).ShouldBeEmpty();

        await world.ApprovedAsync();
        await world.AllowedAsync();
    }

    [Theory]
    [InlineData("minimal", 3, 12)]
    [InlineData("minimal", 1, 6)]
    public async Task Comes_at_the_latest_when_the_tier_says(string euAiAct, int tier, int months)
    {
        var world = await shared.FoundedAsync(euAiAct, tier);
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        var now = shared.Clock.GetUtcNow();
        await World.Refused(422, "valid-until-out-of-range", world.ApproveAsync(world.Eve, validUntil: now.AddMonths(months).AddDays(1)));
        await World.Refused(422, "valid-until-out-of-range", world.ApproveAsync(world.Eve, validUntil: now.AddMinutes(-1)));

        var approved = await World.Must(201, world.ApproveAsync(world.Eve));

        approved.Json!["validUntil"]!.GetValue<DateTimeOffset>().ShouldBe(now.AddMonths(months), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("dev:model-validator:eve")]
    [InlineData("dev:ai-risk-officer:rita")]
    [InlineData("dev:chief-risk-officer:chris")]
    [InlineData("dev:compliance-officer:carl")]
    public async Task Is_up_to_who_gave_it_and_to_officers(string token)
    {
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();
        await world.AllowedAsync();

        await World.Must(200, world.As(token).PostJsonAsync($"{world.Path(1)}/approvals/{id}/revocation", new { reason = "looked again" }));

        var approval = await world.ApprovalAsync(id);
        approval.Text("state").ShouldBe("revoked");
        approval["why"]![0].Text("code").ShouldBe("revoked");
        var denied = await world.CheckAsync();
        denied.Text("outcome").ShouldBe("deny");
        denied.Json!["rules"]!.AsArray().Single(r => r.Text("rule") == "REL-002").Text("message").ShouldContain("the approval of eve (model-validator) is revoked");
        var told = (await world.EventsAsync("approval_revoked")).ShouldHaveSingleItem();
        told.Text("actor").ShouldBe(token.Split(':')[2]);
        told["data"].Text("reason").ShouldBe("looked again");
    }

    [Theory]
    [InlineData("dev:model-validator:vic", "revoker-not-entitled")]
    [InlineData("dev:contributor:ann", "forbidden")]
    [InlineData("dev:administrator:root", "forbidden")]
    [InlineData("dev:pipeline", "forbidden")]
    public async Task Is_not_up_to_anybody_else(string token, string code)
    {
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();

        await World.Refused(403, code, world.As(token).PostJsonAsync($"{world.Path(1)}/approvals/{id}/revocation", new { reason = "envy" }));

        (await world.ApprovalAsync(id)).Text("state").ShouldBe("live");
        var attempt = (await world.EventsAsync("attempt_refused")).ShouldHaveSingleItem()["data"]!;
        (attempt.Text("action"), attempt.Text("code")).ShouldBe(("revoke-approval", code));
        await world.AllowedAsync();
    }

    [Fact]
    public async Task Happens_once()
    {
        var world = await shared.FoundedAsync();
        var id = await world.ApprovedAsync();
        var revocation = $"{world.Path(1)}/approvals/{id}/revocation";
        await World.Must(200, world.Eve.PostJsonAsync(revocation, new { reason = "looked again" }));

        await World.Refused(409, "approval-revoked", world.Eve.PostJsonAsync(revocation, new { reason = "and again" }));
        await World.Refused(404, "approval-unknown", world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{Guid.NewGuid()}/revocation", new { reason = "what" }));
    }

    [Fact]
    public async Task Keeps_nobodys_name_that_was_typed_in_an_ids_place()
    {
        var world = await shared.FoundedAsync();
        var eve = world.As("dev:model-validator:typist");
        string[] paths =
        [
            $"{world.Path(1)}/approvals/Jane%20Doe/revocation", $"{world.Path()}/findings/Jane%20Doe/closure", $"{world.Path(1)}/break-glass/Jane%20Doe/approval", $"{world.Path(1)}/conditions/Jane%20Doe/confirmation",
            "/environments/production/findings/Jane%20Doe/closure",
        ];

        foreach (var path in paths)
        {
            await World.Must(400, eve.PostJsonAsync(path, new { reason = "she left" }));
            await World.Refused(403, "forbidden", world.As("dev:viewer:typist").PostJsonAsync(path, new { reason = "she left" }));
        }

        var attempts = (await World.Must(200, world.Ann.GetJsonAsync("/audit/events?actor=typist&type=attempt_refused"))).Json!["items"]!.AsArray();
        attempts.Count.ShouldBe(paths.Length, "only what the role refused is on record");
        attempts.ToJsonString().ShouldNotContain("Jane");
    }
}
