using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Tests.Tasks;
using MLOpsGovernance.Server.Tests.Waivers;

namespace MLOpsGovernance.Server.Tests.Compliance;

/// <summary>What was let in once is judged again: what does not hold any more opens one finding, and stops nothing.</summary>
public sealed class JudgingTheEstate(SharedServer shared) : IClassFixture<SharedServer>
{
    private static async Task<JsonNode> RunAsync(World world, HttpClient? by = null) => (await World.Must(201, (by ?? world.Carl).PostJsonAsync("/compliance/runs"))).Json!;

    private static JsonNode Of(World world, JsonNode run) => run["results"]!.AsArray().Single(d => d.Text("model") == world.Model)!;

    private async Task<(World World, string Approval)> RunningAsync()
    {
        var world = await shared.FoundedAsync();
        var approval = await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        return (world, approval);
    }

    private static Task<Answer> RevokeAsync(World world, string approval) => World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));

    [Fact]
    public async Task Finds_nothing_where_everything_holds()
    {
        var (world, _) = await RunningAsync();
        var run = await RunAsync(world);

        (Of(world, run)["compliant"]!.GetValue<bool>(), Of(world, run)["failures"]!.AsArray().Count).ShouldBe((true, 0));
        (run["run"].Text("trigger"), run["run"].Text("requestedBy")).ShouldBe(("demand", "carl"));
        (await world.EventsAsync("finding_opened")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Opens_one_finding_with_an_owner_and_a_date_however_often_it_is_judged()
    {
        var (world, approval) = await RunningAsync();
        await RevokeAsync(world, approval);

        var failure = Of(world, await RunAsync(world))["failures"]!.AsArray().Single(f => f.Text("rule") == "REL-002")!;

        (failure.Text("result"), failure.Text("level"), failure.Text("resolvable")).ShouldBe(("fail", "mandatory", "by-approval"));
        failure["missing"]!.AsArray().ShouldContain(m => m.Text("role") == "model-validator");
        var finding = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]!.AsArray().Single(f => f.Text("id") == failure.Text("finding"))!;
        (finding.Text("owner"), finding.Text("severity"), finding["version"]!.GetValue<int>()).ShouldBe(("ann", "critical", 1));
        finding["dueAt"]!.GetValue<DateTimeOffset>().ShouldBe(shared.Clock.GetUtcNow().AddDays(7), TimeSpan.FromMinutes(1));
        finding.Text("title").ShouldContain("release/REL-002 does not hold any more: ");
        (await world.TasksOfAsync(world.Ann, "&kind=remedy-finding")).ShouldContain(t => t.Text("item") == failure.Text("finding"));
        var opened = (await world.EventsAsync("finding_opened")).Count;

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(world)));

        (await world.EventsAsync("finding_opened")).Count.ShouldBe(opened, "what judging opened is no failure of its own either");
        (await World.Must(200, world.Ann.GetJsonAsync($"{world.Path(1)}/dossier"))).Json!["model"]!["findings"]!.AsArray().ShouldContain(f => f.Text("id") == failure.Text("finding"));
        (await World.Must(200, world.Ann.GetJsonAsync("/environments/production/deployments?limit=500"))).Json!["items"]!.AsArray().ShouldContain(d => d.Text("model") == world.Model, "nothing is taken down");
    }

    [Fact]
    public async Task Marks_what_holds_again_for_a_second_person_to_close()
    {
        var (world, approval) = await RunningAsync();
        await RevokeAsync(world, approval);
        var id = Of(world, await RunAsync(world))["failures"]!.AsArray().Single(f => f.Text("rule") == "REL-002").Text("finding");
        await world.ApprovedAsync();

        Of(world, await RunAsync(world))["compliant"]!.GetValue<bool>().ShouldBeTrue();

        var finding = (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]!.AsArray().Single(f => f.Text("id") == id)!;
        (finding["open"]!.GetValue<bool>(), finding["vanishedAt"] is not null).ShouldBe((true, true));
        (await world.TasksOfAsync(world.Rita, "&kind=close-finding")).ShouldContain(t => t.Text("item") == id);
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/findings/{id}/closure", new { reason = "approved again" }));
    }

    [Fact]
    public async Task Opens_one_finding_for_all_rules_of_a_policy_that_warn_of_what_held_before_and_none_for_what_was_known()
    {
        var world = await shared.FoundedAsync("limited", 2);
        foreach (var (kind, digit) in new[] { ("vulnerability-scan", 'd'), ("sbom", 'e') })
        {
            var (now, digest) = (shared.Clock.GetUtcNow(), $"sha256:{new string(digit, 64)}");
            await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/evidence", new { kind, digest, producedAt = now, validUntil = now.AddDays(3) }));
        }

        await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        var atFirst = Of(world, await RunAsync(world));
        atFirst["failures"]!.AsArray().Select(f => f.Text("rule")).ShouldContain("SEC-03", "it was deployed with that warning");
        (await world.EventsAsync("finding_opened")).ShouldBeEmpty();

        shared.Clock.Forward(TimeSpan.FromDays(4));
        var failures = Of(world, await RunAsync(world))["failures"]!.AsArray();

        var opened = (await world.EventsAsync("finding_opened")).ShouldHaveSingleItem()["data"]!;
        (opened.Text("cause"), opened.Text("severity"), opened.Text("owner")).ShouldBe(($"not-compliant:{atFirst.Text("deployment")}:security-baseline/SEC-04+SEC-05", "low", "ann"));
        failures.Where(f => f!["finding"] is not null).Select(f => (f.Text("rule"), f.Text("finding"))).ShouldBe([("SEC-04", opened.Text("id")), ("SEC-05", opened.Text("id"))], ignoreOrder: true);
        (await World.Must(200, world.Ann.GetJsonAsync(world.Path()))).Json!["findings"]![0].Text("title").ShouldContain("security-baseline/SEC-04, SEC-05 do not hold any more: ");

        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/evidence", new { kind = "vulnerability-scan", digest = $"sha256:{new string('f', 64)}", producedAt = shared.Clock.GetUtcNow() }));
        await RunAsync(world);
        (await world.EventsAsync("discrepancy_vanished")).ShouldBeEmpty("one of them still does not hold");
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/evidence", new { kind = "sbom", digest = $"sha256:{new string('0', 64)}", producedAt = shared.Clock.GetUtcNow() }));
        await RunAsync(world);
        (await world.EventsAsync("discrepancy_vanished")).ShouldHaveSingleItem()["data"].Text("finding").ShouldBe(opened.Text("id"));
    }

    [Fact]
    public async Task Holds_a_waived_rule_against_nobody_and_says_that_it_is_waived()
    {
        var (world, approval) = await RunningAsync();
        await world.WaivedAsync(shared.Clock.GetUtcNow().AddDays(5));
        await world.WaivedAsync(shared.Clock.GetUtcNow().AddDays(5), "REL-011");
        await RevokeAsync(world, approval);

        var judged = Of(world, await RunAsync(world));

        (judged["compliant"]!.GetValue<bool>(), judged["waived"]!.AsArray().Select(w => w!.GetValue<string>()).Contains("release/REL-002")).ShouldBe((true, true));
    }

    [Fact]
    public async Task Is_done_daily_and_once_for_each_adopted_set_by_whoever_leads()
    {
        var (world, approval) = await RunningAsync();
        var schedule = shared.Server.Services.GetRequiredService<ComplianceSchedule>();
        (await schedule.RunDueAsync(CancellationToken.None)).Count.ShouldBe(2, "the day's, and that of the set in force");
        (await schedule.RunDueAsync(CancellationToken.None)).ShouldBeEmpty();
        await RevokeAsync(world, approval);
        shared.Clock.Forward(TimeSpan.FromDays(1));

        var daily = (await schedule.RunDueAsync(CancellationToken.None)).ShouldHaveSingleItem();

        // Another node, or this one after a restart, knows nothing of it but what is recorded.
        (await ActivatorUtilities.CreateInstance<ComplianceSchedule>(shared.Server.Services).RunDueAsync(CancellationToken.None)).ShouldBeEmpty();
        var run = (await World.Must(200, world.Ann.GetJsonAsync($"/compliance/runs/{daily}"))).Json!;
        (run["run"].Text("trigger"), run["run"].Text("requestedBy")).ShouldBe(("daily", "system:compliance"));
        Of(world, run)["failures"]!.AsArray().ShouldContain(f => f.Text("rule") == "REL-002");
        (await World.Must(200, world.Ann.GetJsonAsync("/compliance/runs"))).Json!["items"]![0].Text("id").ShouldBe(daily, "the latest first");
        (await World.Must(200, world.Ann.GetJsonAsync($"/compliance/estate?model={world.Model}&compliant=false"))).Json!["items"]!.AsArray().ShouldHaveSingleItem();
        (await World.Must(200, world.Ann.GetJsonAsync($"/compliance/estate?model={world.Model}&environment=staging"))).Json!["items"]!.AsArray().ShouldBeEmpty();
        (await World.Must(200, world.Ann.GetJsonAsync("/compliance/estate?limit=1"))).Json!["items"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_the_same_run_under_the_same_key_and_asked_for_by_who_may()
    {
        var (world, _) = await RunningAsync();
        var first = await World.Must(201, world.Carl.PostJsonAsync("/compliance/runs", key: $"judge-{world.Model}"));
        (await World.Must(201, world.Carl.PostJsonAsync("/compliance/runs", key: $"judge-{world.Model}"))).Json!["run"].Text("id").ShouldBe(first.Json!["run"].Text("id"));
        await World.Refused(403, "forbidden", world.Ann.PostJsonAsync("/compliance/runs"));
        await World.Refused(404, "compliance-run-unknown", world.Ann.GetJsonAsync("/compliance/runs/nothing"));
    }
}
