using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>What was so on a day, whatever happened since.</summary>
public sealed class AskingThePast(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Shows_a_model_as_it_stood()
    {
        var world = shared.NextWorld();
        var before = Now();
        await world.FoundedAsync();
        var approval = await world.ApprovedAsync();
        var approved = Now();
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/purpose", new { purpose = "something else" }));

        await World.Refused(404, "model-unknown", world.Ann.GetJsonAsync($"{world.Path()}?asOf={before}"));
        var then = (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path()}?asOf={approved}"))).Json!;
        then.Text("purpose").ShouldBe("tell flowers apart");
        then["versions"]!.AsArray().ShouldHaveSingleItem()!["approvals"]![0].Text("state").ShouldBe("live");
        await World.Refused(404, "version-unknown", world.Ann.GetJsonAsync($"{world.Path(2)}?asOf={approved}"));
        (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path(1)}?asOf={approved}"))).Json!["approvals"]![0].Text("state").ShouldBe("live");

        // A time to come is now.
        var (now, future) = ((await world.Ann.GetJsonAsync(world.Path())).Json!, (await world.Ann.GetJsonAsync($"{world.Path()}?asOf=2999-01-01T00:00:00Z")).Json!);
        future.ToJsonString().ShouldBe(now.ToJsonString());
        future["versions"]![0]!["approvals"]![0].Text("state").ShouldBe("revoked");
    }

    [Fact]
    public async Task Judges_approvals_by_the_data_of_that_day()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var approved = Now();
        await World.Must(200, world.Carl.PutJsonAsync($"/datasets/{world.Dataset}/classification", new { sensitivity = "restricted", personalData = true, legalBasis = "contract" }));
        (await world.Ann.GetJsonAsync(world.Path(1))).Json!["approvals"]![0].Text("state").ShouldBe("superseded");
        (await world.Ann.GetJsonAsync($"{world.Path(1)}?asOf={approved}")).Json!["approvals"]![0].Text("state").ShouldBe("live");
    }

    [Fact]
    public async Task Is_right_over_a_long_history_wherever_the_question_falls()
    {
        var world = await shared.FoundedAsync();
        List<(string At, int Card)> moments = [];
        for (var i = 0; i < 1100; i++)
        {
            await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = $"card {i}" }));
            if (i % 137 == 0) moments.Add((Now(), i));
        }

        foreach (var (at, card) in moments.AsEnumerable().Reverse().Concat(moments))
            (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path()}?asOf={at}"))).Text("card").ShouldBe($"card {card}");
    }

    [Fact]
    public async Task Says_in_one_call_what_was_live_by_whose_approval_and_under_which_policies()
    {
        var world = await shared.FoundedAsync();
        var before = Now();
        var approval = await world.ApprovedAsync();
        var check = await world.AllowedAsync();
        await World.Must(201, world.DeployAsync(check));
        var day = Now();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/versions", world.VersionBody(World.OtherArtifact)));
        await world.ApprovedAsync(version: 2);
        await World.Must(201, world.DeployAsync(await world.AllowedAsync(2, artifact: World.OtherArtifact), version: 2));
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));

        var live = (await World.Must(200, world.Carl.GetJsonAsync($"/audit/live?environment=production&asOf={day}&limit=500"))).Json!;
        var one = live["items"]!.AsArray().Single(i => i!["deployment"].Text("model") == world.Model)!;
        (one["deployment"]!["version"]!.GetValue<int>(), one["deployment"]!["endedAt"]).ShouldBe((1, null));
        (one.Text("team"), one["judged"]!["tier"]!.GetValue<int>()).ShouldBe(("flowers", 3));
        var given = one["approvals"]!.AsArray().ShouldHaveSingleItem()!;
        (given.Text("by"), given.Text("role"), given.Text("state"), given.Text("reason")).ShouldBe(("eve", "model-validator", "live", "evaluated"));
        (one["decision"].Text("id"), one["decision"].Text("policySet")).ShouldBe((check.Text("decisionId"), check.Text("policySet")));
        one["decision"].Text("proof").ShouldStartWith("/api/v1/audit/events/");
        (live["policySet"].Text("digest"), live["policySet"].Text("adoptedBy")).ShouldBe((check.Text("policySet"), "system:development"));

        (await LiveAsync(world, before)).ShouldBeNull();
        (await LiveAsync(world, Now()))!["deployment"]!["version"]!.GetValue<int>().ShouldBe(2);
        await World.Refused(404, "environment-unknown", world.Carl.GetJsonAsync("/audit/live?environment=nowhere"));
        await World.Refused(400, "invalid-name", world.Carl.GetJsonAsync("/audit/live"));
    }

    private static async Task<JsonNode?> LiveAsync(World world, string at) =>
        (await World.Must(200, world.Carl.GetJsonAsync($"/audit/live?environment=production&asOf={at}&limit=500"))).Json!["items"]!.AsArray().SingleOrDefault(i => i!["deployment"].Text("model") == world.Model);

    private string Now() => Json.Time(shared.Clock.GetUtcNow());
}
