using System.Globalization;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>A trail of more than 500 events, by several people.</summary>
public sealed class ATrail(Database database) : IAsyncLifetime
{
    public const int Teams = 560;

    public RunningServer Server { get; private set; } = null!;

    public HttpClient Ann { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(ATrail)));
        Ann = Server.As("dev:contributor:ann");
        var bob = Server.As("dev:contributor:bob");
        await Parallel.ForEachAsync(Enumerable.Range(0, Teams), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            await World.Must(201, (i % 4 == 0 ? bob : Ann).PostJsonAsync("/teams", new { name = $"team-{i}" })));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

public sealed class ReadingTheTrail(ATrail trail) : IClassFixture<ATrail>
{
    [Theory]
    [InlineData("asc", 500)]
    [InlineData("desc", 500)]
    [InlineData("asc", 37)]
    [InlineData("desc", 101)]
    public async Task Gives_every_event_once_over_all_pages(string order, int limit)
    {
        var all = await AllAsync($"order={order}&limit={limit.ToString(CultureInfo.InvariantCulture)}&type=team_formed");
        all.Count.ShouldBe(ATrail.Teams);
        var sequences = all.Select(e => e["sequence"]!.GetValue<long>()).ToList();
        sequences.ShouldBeUnique();
        sequences.ShouldBe(order == "asc" ? sequences.Order() : sequences.OrderDescending());
        all.Select(e => e["stream"]!.GetValue<string>()).ShouldBe(Enumerable.Range(0, ATrail.Teams).Select(i => $"team:team-{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Can_be_narrowed_by_actor()
    {
        var bobs = await AllAsync("actor=bob&type=team_formed&limit=500");
        bobs.Count.ShouldBe(ATrail.Teams / 4);
        bobs.ShouldAllBe(e => e["actor"]!.GetValue<string>() == "bob");
    }

    [Fact]
    public async Task Can_be_narrowed_by_stream()
    {
        var one = (await AllAsync("stream=team:team-3")).ShouldHaveSingleItem();
        one["type"]!.GetValue<string>().ShouldBe("team_formed");
        one["version"]!.GetValue<long>().ShouldBe(1);
        one["data"]!["name"]!.GetValue<string>().ShouldBe("team-3");
        (await AllAsync("stream=team:nobody")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Can_be_narrowed_by_time_with_the_beginning_in_and_the_end_out()
    {
        var all = await AllAsync("type=team_formed&limit=500");
        var at = all[ATrail.Teams / 2]["at"]!.GetValue<string>();
        var (before, after) = (await AllAsync($"type=team_formed&limit=500&to={at}"), await AllAsync($"type=team_formed&limit=500&from={at}"));
        (before.Count + after.Count).ShouldBe(ATrail.Teams);
        before.Count.ShouldBeGreaterThan(0);
        after.Count.ShouldBeGreaterThan(0);
        var then = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        before.ShouldAllBe(e => DateTimeOffset.Parse(e["at"]!.GetValue<string>(), CultureInfo.InvariantCulture) < then);
        after.ShouldAllBe(e => DateTimeOffset.Parse(e["at"]!.GetValue<string>(), CultureInfo.InvariantCulture) >= then);
        (await AllAsync($"type=team_formed&from={at}&to={at}")).ShouldBeEmpty();
        // An offset says the same instant.
        (await AllAsync("from=2100-01-01T02:00:00%2B02:00")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Can_be_narrowed_by_the_correlation_that_a_caller_gave()
    {
        using var client = trail.Server.As("dev:contributor:ann");
        client.DefaultRequestHeaders.Add("X-Correlation-Id", "ticket-4711");
        await World.Must(200, client.PutJsonAsync("/teams/team-7", new { displayName = "correlated" }));
        var found = (await AllAsync("correlation=ticket-4711")).ShouldHaveSingleItem();
        found["stream"]!.GetValue<string>().ShouldBe("team:team-7");
        found["correlationId"]!.GetValue<string>().ShouldBe("ticket-4711");
        await World.Must(200, trail.Ann.PutJsonAsync("/teams/team-7", new { displayName = "again" }));
        (await AllAsync("stream=team:team-7&type=team_renamed")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Shows_the_trace_of_the_request_on_event_and_decision()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var client = trail.Server.As("dev:pipeline");
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        var check = await World.Must(200, client.PostJsonAsync("/policy-checks", new { model = "nobody", version = 1, environment = "production", artifactDigest = World.Artifact }));
        check.Json!["traceId"]!.GetValue<string>().ShouldBe(Trace);
        var id = check.Json["decisionId"]!.GetValue<string>();
        var recorded = (await AllAsync($"stream=check:{id}")).ShouldHaveSingleItem();
        recorded["traceId"]!.GetValue<string>().ShouldBe(Trace);
        recorded["data"]!["trace"]!.GetValue<string>().ShouldBe(Trace);
    }

    [Fact]
    public async Task Shows_what_was_refused_although_it_aimed_at_nonsense()
    {
        using var viewer = trail.Server.As("dev:viewer:vic");
        foreach (var name in new[] { "a\u0000b", "\u0001", new string('x', 100_000), "../x", "x:y:z" })
            (await viewer.PostJsonAsync("/teams", new { name })).Status.ShouldBe(403);
        var refused = await AllAsync("actor=vic&type=attempt_refused");
        refused.Count.ShouldBe(5);
        refused.ShouldAllBe(e => e["data"]!["target"]!.GetValue<string>().Length < 200 && e["data"]!["code"]!.GetValue<string>() == "forbidden");
    }

    private async Task<List<JsonNode>> AllAsync(string query)
    {
        List<JsonNode> all = [];
        for (string? cursor = null; ;)
        {
            var page = (await World.Must(200, trail.Ann.GetJsonAsync($"/audit/events?{query}{(cursor is null ? "" : $"&cursor={cursor}")}"))).Json!;
            all.AddRange(page["items"]!.AsArray().Select(e => e!));
            if ((cursor = page["nextCursor"]?.GetValue<string>()) is null) return all;
            page["items"]!.AsArray().ShouldNotBeEmpty();
        }
    }
}
