namespace MLOpsGovernance.Server.Tests.Approvals;

/// <summary>What the history of approvals says: where to look again, and how long they take where that can be told.</summary>
public sealed class LookingAtApprovalsAgain(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Names_near_instant_approvals_and_forecasts_nothing_from_a_handful()
    {
        var world = await shared.FoundedAsync();
        var approval = await world.ApprovedAsync();

        var patterns = (await World.Must(200, world.Carl.GetJsonAsync("/approvals/patterns"))).Json!;
        var instant = patterns["patterns"]!.AsArray().Single(p => p.Text("rule") == "near-instant")!;
        instant["counted"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldContain(approval);
        patterns.Text("use").ShouldContain("Nothing here says that anybody did wrong");
        await World.Refused(403, "forbidden", world.Ann.GetJsonAsync("/approvals/patterns"));
        await World.Must(400, world.Carl.GetJsonAsync("/approvals/patterns?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"));

        var forecast = (await World.Must(200, world.Ann.GetJsonAsync($"/approvals/forecast?model={world.Model}&version=1"))).Json!;
        forecast["hours"].Text("says").ShouldMatch("^not enough data: [0-9]+ of 200$");
        (forecast["hours"].Text("refused"), forecast["hours"]!["value"], forecast["denial"]!["value"]).ShouldBe(("not-enough-data", null, null));
        forecast["denial"].Text("says").ShouldMatch("^not enough data: [0-9]+ of 100$");
        await World.Refused(404, "version-unknown", world.Ann.GetJsonAsync("/approvals/forecast?model=nothing&version=1"));
        await World.Refused(400, "version-missing", world.Ann.GetJsonAsync("/approvals/forecast?model=nothing"));
    }
}
