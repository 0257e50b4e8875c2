using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Tasks;

/// <summary>The list of tasks: in the order of due dates, page by page, of oneself or of everybody.</summary>
public sealed class ReadingTheList(SharedServer shared) : IClassFixture<SharedServer>
{
    private DateTimeOffset In(int days) => shared.Clock.GetUtcNow().AddDays(days);

    [Fact]
    public async Task Goes_from_page_to_page_by_due_date_and_misses_none()
    {
        var world = await shared.FoundedAsync();
        var kim = world.As("dev:contributor:kim");
        await World.Must(200, kim.GetJsonAsync("/me"));
        // Two of them are due at the same moment; the others in another order than they were opened.
        var days = new[] { 5, 2, 2, 9, 1, 7, 3 };
        var (due, opened) = (days.Distinct().ToDictionary(d => d, In), new List<string>());
        foreach (var day in days) opened.Add((await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "x", severity = "low", owner = "kim", due = due[day] }))).Text("id"));

        List<JsonNode> read = [];
        for (string? cursor = null; ;)
        {
            var page = (await World.Must(200, kim.GetJsonAsync($"/tasks?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"))).Json!;
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
            read.AddRange(page["items"]!.AsArray().Select(t => t!));
            if ((cursor = page["nextCursor"]?.GetValue<string>()) is null) break;
        }

        read.Select(t => t.Text("item")).ShouldBe(opened, ignoreOrder: true);
        read.Select(t => t["dueInDays"]!.GetValue<int>()).ShouldBe([1, 2, 2, 3, 5, 7, 9]);
        (await kim.TasksAsync($"dueBefore={Uri.EscapeDataString(due[3].ToString("O"))}")).Count.ShouldBe(3, "due before, not at that moment");
    }

    [Fact]
    public async Task Is_of_everybody_for_those_who_see_to_the_whole()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path(1)}/reviews"));
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low", owner = "bob" }));

        foreach (var role in new[] { "compliance-officer", "administrator", "executive", "engineering-lead", "ai-risk-officer" })
        {
            var all = await world.TasksOfAsync(world.As($"dev:{role}:olga"), "&all=true");
            all.Select(t => t.Text("kind")).ShouldBe(["approve", "remedy-finding"], ignoreOrder: true);
            all.Single(t => t.Text("kind") == "approve")["excluded"]!.AsArray().Select(e => e!.GetValue<string>()).ShouldBe(["ann"]);
        }

        (await world.As("dev:executive:olga").TasksAsync("all=true&team=flowers&kind=approve")).ShouldContain(t => t.Text("model") == world.Model);
        (await world.As("dev:executive:olga").TasksAsync("all=true&team=trees")).ShouldBeEmpty();
        (await world.TasksOfAsync(world.As("dev:executive:olga"))).ShouldBeEmpty("none is hers");
        foreach (var role in new[] { "viewer", "contributor", "model-validator", "chief-risk-officer", "pipeline" })
            await World.Refused(403, "all-tasks-forbidden", world.As($"dev:{role}").GetJsonAsync("/tasks?all=true"));
    }

    [Fact]
    public async Task Counts_a_task_once_for_who_may_do_it_in_two_ways_and_keeps_its_id()
    {
        var world = await shared.FoundedAsync();
        var finding = (await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "drifts", severity = "low" }))).Text("id");
        var before = (await world.TasksOfAsync(world.Ann)).ShouldHaveSingleItem();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/findings/{finding}", new { owner = "ann" }));
        (await world.TasksOfAsync(world.Ann)).ShouldHaveSingleItem().Text("id").ShouldBe(before.Text("id"));
    }
}
