using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Server.Audit;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>Who looked into the trail is written down beside it, and forgotten in time.</summary>
public sealed class WatchingWhoReads(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Writes_down_that_a_person_read_and_not_what_they_searched_for()
    {
        var world = await shared.FoundedAsync();
        using var nosy = shared.Server.As("dev:viewer:nosy");
        await World.Must(200, nosy.GetJsonAsync($"/audit/events?stream=model:{world.Model}&text=tell%20flowers"));
        await World.Must(200, nosy.GetJsonAsync("/audit/live?environment=production"));
        await World.Must(200, nosy.GetJsonAsync($"{world.Path(1)}/dossier"));
        await World.Must(200, nosy.GetJsonAsync(world.Path()));

        var read = await AccessesAsync(world.Carl, "nosy");
        read.Select(a => a.Text("what")).ShouldBe(["read-dossier", "read-live", "read-audit-events"]);
        var asked = read[2]["asked"]!;
        (asked["filter"].Text("stream"), asked["filter"]!["text"]!.GetValue<bool>()).ShouldBe(($"model:{world.Model}", true));
        read[2]["roles"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("viewer");
        // It stands in no history.
        (await world.EventsAsync()).ShouldAllBe(e => e.Text("actor") != "nosy");
    }

    [Fact]
    public async Task Writes_down_no_pipeline_and_nothing_that_was_refused()
    {
        var world = await shared.FoundedAsync();
        await World.Must(200, world.Pipeline.GetJsonAsync("/audit/events"));
        using var lost = shared.Server.As("dev:viewer:lost");
        await World.Refused(400, "invalid-order", lost.GetJsonAsync("/audit/events?order=sideways"));
        await World.Refused(403, "forbidden", lost.GetJsonAsync("/audit/accesses"));
        (await AccessesAsync(world.Carl, "pipeline")).ShouldBeEmpty();
        (await AccessesAsync(world.Carl, "lost")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Writes_down_who_read_it()
    {
        using var curious = shared.Server.As("dev:compliance-officer:curious");
        using var other = shared.Server.As("dev:administrator:other");
        await AccessesAsync(curious, "nobody");
        (await AccessesAsync(other, "curious")).ShouldHaveSingleItem().Text("what").ShouldBe("read-accesses");
        for (var i = 0; i < 4; i++) await AccessesAsync(curious, "nobody");
        List<string> ids = [];
        for (string? cursor = null; ;)
        {
            var page = (await World.Must(200, other.GetJsonAsync($"/audit/accesses?subject=curious&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"))).Json!;
            ids.AddRange(page["items"]!.AsArray().Select(a => a!["id"]!.ToJsonString()));
            if ((cursor = page["nextCursor"]?.GetValue<string>()) is null) break;
        }

        (ids.Count, ids.Distinct().Count()).ShouldBe((5, 5));
        await World.Refused(400, "invalid-subject", other.GetJsonAsync("/audit/accesses?subject=a%20b"));
        await World.Refused(400, "invalid-page", other.GetJsonAsync("/audit/accesses?cursor=x"));
    }

    [Fact]
    public async Task Forgets_what_is_older_than_is_kept()
    {
        using var old = shared.Server.As("dev:compliance-officer:old");
        await AccessesAsync(old, "nobody");
        await AccessesAsync(old, "nobody");
        await QueryAsync(shared.Connection, "update governance.access_log set at = at - interval '401 days' where id = (select min(id) from governance.access_log where subject = 'old')");
        var keeping = shared.Server.Services.GetRequiredService<AccessRetention>().Keeping;
        keeping.ShouldBe(TimeSpan.FromDays(400));
        (await shared.Server.Services.GetRequiredService<AccessLog>().ForgetAsync(keeping, Token)).ShouldBe(1);
        (await AccessesAsync(shared.Server.As("dev:administrator:root"), "old")).ShouldHaveSingleItem();
    }

    private static async Task<List<JsonNode>> AccessesAsync(HttpClient client, string subject) =>
        [.. (await World.Must(200, client.GetJsonAsync($"/audit/accesses?subject={subject}"))).Json!["items"]!.AsArray().Select(a => a!)];
}
