using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Tests.Policies;
using MLOpsGovernance.Server.Tests.Tasks;
using MLOpsGovernance.Server.Tests.Waivers;

namespace MLOpsGovernance.Server.Tests.Compliance;

/// <summary>Whoever leads judges by itself what is due; and what breaks a policy that says so does not go on running.</summary>
public sealed class TakingDownTheEstate(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly FakeTimeProvider _loop = new(shared.Clock.GetUtcNow());

    [Fact]
    public async Task Follows_the_adoption_of_a_set_that_says_so_and_puts_what_runs_before_its_owner()
    {
        var world = await shared.FoundedAsync();
        var approval = await world.ApprovedAsync();
        var deployment = (await World.Must(201, world.DeployAsync(await world.AllowedAsync()))).Text("id");
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));
        using var schedule = ActivatorUtilities.CreateInstance<ComplianceSchedule>(shared.Server.Services, new ComplianceSettings(true, 3), _loop);
        await schedule.StartAsync(TestContext.Current.CancellationToken);

        (await RunsAsync(world, 2)).Select(r => r.Text("trigger")).ShouldBe(["adoption", "daily"], "the latest first");
        (await world.EventsAsync("takedown_asked")).ShouldBeEmpty("no policy says so");

        var proposal = await PolicyOffice.ProposedAsync(world.Carl, ("gate/release.yaml", "enforcement: {default: mandatory}", "enforcement: {default: mandatory, live: suspend}"));
        PolicyOffice.Sentences(proposal).ShouldBe(["tightened: What runs and breaks release where it is mandatory is suspended and to be taken down; it was reported only."]);
        await World.Must(200, PolicyOffice.AdoptAsync(world.Rita, proposal));

        var run = (await RunsAsync(world, 3))[0];
        (run.Text("trigger"), run.Text("policySet"), run["takedowns"]!.GetValue<int>()).ShouldBe(("adoption", proposal.Text("digest"), 1));
        var judged = (await World.Must(200, world.Ann.GetJsonAsync("/compliance/estate"))).Json!["items"]!.AsArray().ShouldHaveSingleItem()!;
        judged["takedownAskedAt"]!.GetValue<DateTimeOffset>().ShouldBe(shared.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        (await World.Must(200, world.Ann.GetJsonAsync("/policies"))).Json!["policies"]!.AsArray().Single(p => p.Text("name") == "release")!["suspendsLive"]!.GetValue<bool>().ShouldBeTrue();

        var task = (await world.TasksOfAsync(world.Ann, "&kind=take-down")).ShouldHaveSingleItem();
        (task.Text("item"), task.Text("environment"), task.Text("what")).ShouldBe(
            (deployment, "production", $"Take version 1 of {world.Model} down from production, deployment {deployment}: a policy says that it does not go on running."));
        var asked = (await world.EventsAsync("takedown_asked")).ShouldHaveSingleItem();
        (asked["data"]!["rules"]!.ToJsonString(), asked.Text("actor")).ShouldBe(("""["REL-002"]""", "system:compliance"));
        (await world.CheckAsync()).Rule("REL-007").Text("result").ShouldBe("fail", "nothing lets it in again");

        // It goes on failing: nobody is asked twice, and that it is suspended is held against nobody.
        (await World.Must(201, world.Carl.PostJsonAsync("/compliance/runs"))).Json!["results"]![0]!["failures"]!.AsArray().ShouldNotContain(f => f.Text("rule") == "REL-007");
        (await world.EventsAsync("takedown_asked")).ShouldHaveSingleItem();

        await world.ApprovedAsync();
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path()}/resumption", new { version = 1, reason = "approved again" }));
        (await world.TasksOfAsync(world.Ann, "&kind=take-down")).ShouldBeEmpty();
        (await World.Must(201, world.Carl.PostJsonAsync("/compliance/runs"))).Json!["results"]![0].ShouldSatisfyAllConditions(
            d => d!["compliant"]!.GetValue<bool>().ShouldBeTrue(), d => d!["takedownAskedAt"].ShouldBeNull());
        await schedule.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The runs, as soon as there are so many; in between the loop's clock goes on, and no other.</summary>
    private async Task<IReadOnlyList<JsonNode>> RunsAsync(World world, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var runs = (await World.Must(200, world.Ann.GetJsonAsync("/compliance/runs"))).Json!["items"]!.AsArray();
            if (runs.Count >= count) return [.. runs.Select(r => r!)];
            await Task.Delay(50, patience.Token);
            _loop.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
