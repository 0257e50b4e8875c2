using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>Events are found by what people wrote in them, although nothing of that can be read in the database.</summary>
public sealed class SearchingTheTrail(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Finds_what_was_written_whoever_it_is_about_and_however_it_is_spelled()
    {
        var world = await shared.FoundedAsync();
        await World.Must(201, world.Ann.PostJsonAsync($"{world.Path()}/findings", new { title = "Überhöhte Werte (wombat-77)", severity = "low" }));
        await World.Must(200, world.Ann.PostJsonAsync($"{world.Path()}/suspension", new { reason = "the wombat of yesterday", about = "bob" }));

        (await FoundAsync(world, "WOMBAT")).Select(e => e.Text("type")).ShouldBe(["finding_opened", "model_suspended"]);
        (await FoundAsync(world, "überhöhte 77")).ShouldHaveSingleItem().Text("type").ShouldBe("finding_opened");
        (await FoundAsync(world, "wombat tomorrow")).ShouldBeEmpty();
        (await FoundAsync(world, "womb")).ShouldBeEmpty();
        (await FoundAsync(world, "wombat", "&type=model_suspended&actor=ann")).ShouldHaveSingleItem();
        (await FoundAsync(world, "wombat", "&actor=eve")).ShouldBeEmpty();
        // Names stand open in events, and are words too.
        (await FoundAsync(world, $"{world.Model} suspended")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Gives_all_pages_in_both_orders_and_says_where_each_is_proved()
    {
        var world = await shared.FoundedAsync();
        for (var i = 0; i < 7; i++) await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = $"numbat {i}" }));
        foreach (var order in new[] { "asc", "desc" })
        {
            List<string> seen = [];
            for (string? cursor = null; ;)
            {
                var page = (await World.Must(200, world.Ann.GetJsonAsync($"/audit/events?text=numbat&order={order}&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}"))).Json!;
                seen.AddRange(page["items"]!.AsArray().Select(e => e!["data"].Text("card")));
                if ((cursor = page["nextCursor"]?.GetValue<string>()) is null) break;
            }

            seen.ShouldBe(order == "asc" ? Enumerable.Range(0, 7).Select(i => $"numbat {i}") : Enumerable.Range(0, 7).Reverse().Select(i => $"numbat {i}"));
        }

        var one = (await FoundAsync(world, "numbat 0"))[0];
        one.Text("proof").ShouldBe($"/api/v1/audit/events/{one.Text("id")}/proof");
        await EventuallyAsync(async () => (await world.Ann.GetJsonAsync($"/audit/events/{one.Text("id")}/proof")).Status == 200);
    }

    [Fact]
    public async Task Finds_within_a_time_whatever_the_clock_did()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = "bilby" }));
        var at = (await FoundAsync(world, "bilby"))[0].Text("at");
        (await FoundAsync(world, "bilby", $"&from={at}")).ShouldHaveSingleItem();
        (await FoundAsync(world, "bilby", $"&to={at}")).ShouldBeEmpty();
        (await FoundAsync(world, "bilby", "&from=2000-01-01T00:00:00Z&to=2001-01-01T00:00:00Z")).ShouldBeEmpty();
        (await FoundAsync(world, "bilby", "&to=9999-12-31T23:59:59Z")).ShouldHaveSingleItem();
        // Set back by an hour: the later event has the earlier time.
        await QueryAsync(shared.Connection, $"update governance.mt_events set timestamp = timestamp - interval '1 hour' where id = '{(await FoundAsync(world, "bilby"))[0].Text("id")}'");
        var earlier = (await FoundAsync(world, "bilby"))[0].Text("at");
        (await FoundAsync(world, "bilby", $"&from={earlier}&to={at}")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_exact_while_several_make_it_findable_and_says_how_many_words_are_allowed()
    {
        var world = await shared.FoundedAsync();
        var index = shared.Server.Services.GetRequiredService<TrailIndex>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            await World.Must(200, world.Ann.PutJsonAsync($"{world.Path()}/card", new { text = $"potoroo {i}" }));
            await index.GrowAsync(Token);
        }, Token)));
        (await FoundAsync(world, "potoroo")).Count.ShouldBe(8);
        (await QueryAsync(shared.Connection, $"select count(*) from {TrailTables.Words} w full join governance.mt_events e on e.seq_id = w.seq where e.stream_id <> 'mt_tombstone' and (w.seq is null or e.seq_id is null)")).ShouldBe(0L);
        foreach (var text in new[] { "%20", "-", "a%20b%20c%20d%20e%20f%20g%20h%20i", new string('x', 401) })
            (await World.Refused(400, "invalid-text", world.Ann.GetJsonAsync($"/audit/events?text={text}"))).Json!["errors"]!.AsObject().ShouldContainKey("text");
    }

    private static async Task<List<JsonNode>> FoundAsync(World world, string text, string more = "") =>
        [.. (await World.Must(200, world.Ann.GetJsonAsync($"/audit/events?limit=500&text={Uri.EscapeDataString(text)}{more}"))).Json!["items"]!.AsArray().Select(e => e!)];

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100 && !await holds(); i++) await Task.Delay(100, Token);
        (await holds()).ShouldBeTrue();
    }
}
