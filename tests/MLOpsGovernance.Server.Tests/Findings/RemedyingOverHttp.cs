namespace MLOpsGovernance.Server.Tests.Findings;

/// <summary>A finding from its opening to its closing, and back; and all findings with their ages.</summary>
public sealed class RemedyingOverHttp(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset In(int days) => shared.Clock.GetUtcNow().AddDays(days);

    [Fact]
    public async Task Goes_from_its_owner_to_a_second_person_and_back_where_it_did_not_hold()
    {
        var world = await shared.FoundedAsync();
        await world.ApprovedAsync();
        var id = (await World.Must(201, world.Eve.PostJsonAsync($"{world.Path()}/findings", new { title = "biased", severity = "high", version = 1 }))).Text("id");
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        var path = $"{world.Path()}/findings/{id}";

        var planned = await World.Must(200, world.Ann.PutJsonAsync(path, new { owner = "bob", due = In(9), plan = "reweigh the flowers" }));
        var finding = planned.Json!["findings"]!.AsArray().ShouldHaveSingleItem()!;
        (finding.Text("owner"), finding.Text("plan"), finding["overdue"]!.GetValue<bool>(), finding["ageDays"]!.GetValue<int>()).ShouldBe(("bob", "reweigh the flowers", false, 0));
        await World.Refused(403, "finding-closed-by-owner", world.As("dev:model-validator:bob").PostJsonAsync($"{path}/closure", new { reason = "done" }));
        await World.Refused(403, "closer-is-author", world.Ann.PostJsonAsync($"{path}/closure", new { reason = "done" }));
        await World.Must(200, world.Eve.PostJsonAsync($"{path}/closure", new { reason = "measured again", evidence = new[] { World.OtherArtifact } }));
        (await world.CheckAsync()).Text("outcome").ShouldBe("allow");

        var again = await World.Must(200, world.Ann.PostJsonAsync($"{path}/reopening", new { reason = "it came back" }));
        again.Json!["findings"]![0]!["reopenings"]!.AsArray().ShouldHaveSingleItem().Text("reason").ShouldBe("it came back");
        (await world.CheckAsync()).Text("outcome").ShouldBe("deny");
        await World.Refused(409, "finding-open", world.Ann.PostJsonAsync($"{path}/reopening", new { reason = "twice" }));
        (await world.EventsAsync()).Select(e => e.Text("type")).Where(t => t.StartsWith("finding_", StringComparison.Ordinal))
            .ShouldBe(["finding_opened", "finding_changed", "finding_closed", "finding_reopened"]);
    }

    [Fact]
    public async Task Is_not_closed_by_who_opened_it_where_nobody_was_to_remedy_it()
    {
        var world = await shared.FoundedAsync();
        var id = (await World.Must(201, world.Eve.PostJsonAsync($"{world.Path()}/findings", new { title = "odd", severity = "low" }))).Text("id");
        await World.Refused(403, "finding-closed-by-opener", world.Eve.PostJsonAsync($"{world.Path()}/findings/{id}/closure", new { reason = "never mind" }));
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/findings/{id}/closure", new { reason = "looked at" }));
    }

    [Fact]
    public async Task Shows_its_age_among_all_findings()
    {
        var world = await shared.FoundedAsync();
        var late = (await World.Must(201, world.Eve.PostJsonAsync($"{world.Path()}/findings", new { title = "late", severity = "critical", owner = "bob" }))).Text("id");
        var calm = (await World.Must(201, world.Eve.PostJsonAsync($"{world.Path()}/findings", new { title = "calm", severity = "low" }))).Text("id");
        shared.Clock.Forward(TimeSpan.FromDays(8));

        var overdue = (await ListAsync(world, "overdue=true")).ShouldHaveSingleItem()!;
        (overdue.Text("id"), overdue.Text("title"), overdue.Text("owner"), overdue["ageDays"]!.GetValue<int>()).ShouldBe((late, "late", "bob", 8));
        (await ListAsync(world, "owner=bob&open=true")).Count.ShouldBe(1);
        (await ListAsync(world, "severity=low")).ShouldHaveSingleItem().Text("id").ShouldBe(calm);
        await World.Must(200, world.Rita.PostJsonAsync($"{world.Path()}/findings/{late}/closure", new { reason = "remedied" }));
        (await ListAsync(world, "overdue=true")).ShouldBeEmpty();
        (await ListAsync(world, "open=false")).ShouldHaveSingleItem()!["closedAt"].ShouldNotBeNull();
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/findings/{late}/reopening", new { reason = "no" }));
        var reopened = (await ListAsync(world, "open=true&severity=critical")).ShouldHaveSingleItem()!;
        (reopened["reopened"]!.GetValue<int>(), reopened["closedAt"]).ShouldBe((1, null));
    }

    [Fact]
    public async Task Is_refused_with_a_reason()
    {
        var world = await shared.FoundedAsync();
        await World.Refused(422, "unknown-owner", world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "x", severity = "low", owner = "nobody-here" }));
        await World.Refused(422, "due-passed", world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "x", severity = "low", due = In(-1) }));
        await World.Refused(404, "finding-unknown", world.Ann.PutJsonAsync($"{world.Path()}/findings/{Guid.NewGuid()}", new { plan = "x" }));
        await World.Refused(404, "finding-unknown", world.Ann.PostJsonAsync($"{world.Path()}/findings/{Guid.NewGuid()}/reopening", new { reason = "x" }));
        await World.Must(400, world.Ann.GetJsonAsync("/findings?severity=awful"));
    }

    private static async Task<System.Text.Json.Nodes.JsonArray> ListAsync(World world, string query) =>
        (await World.Must(200, world.Ann.GetJsonAsync($"/findings?model={world.Model}&{query}"))).Json!["items"]!.AsArray();
}
