using System.Globalization;
using System.Text.Json.Nodes;
using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Audit;

/// <summary>A transaction that has drawn its number and is not committed: a later one commits before it.</summary>
public sealed class ReadingWhileOthersWrite(Database database) : IAsyncLifetime
{
    private string _connection = "";
    private RunningServer _server = null!;

    private HttpClient Ann => _server.As("dev:contributor:ann");

    private SettledEvents Settled => _server.Services.GetRequiredService<SettledEvents>();

    public async ValueTask InitializeAsync()
    {
        _connection = await database.NewDatabaseAsync(nameof(ReadingWhileOthersWrite));
        _server = await RunningServer.StartAsync(_connection);
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "first" }));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Never_shows_a_number_before_a_lower_one_that_is_still_to_come(string order)
    {
        var cursor = await LastAsync();
        await using var slow = await SlowWriter.StartAsync(_server, _connection, "slow");
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "quick" }));

        (await StreamsAsync(cursor, order)).ShouldBeEmpty();
        (await Settled.UpToAsync(TimeSpan.Zero, Token)).ShouldBe(cursor);

        await slow.CommitAsync();
        string[] both = ["team:slow", "team:quick"];
        (await StreamsAsync(cursor, order)).ShouldBe(order == "asc" ? both : both.Reverse());
    }

    [Fact]
    public async Task Waits_for_a_transaction_that_is_about_to_end()
    {
        var cursor = await LastAsync();
        await using var slow = await SlowWriter.StartAsync(_server, _connection, "slow");
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "quick" }));

        var reading = StreamsAsync(cursor, "asc");
        await slow.CommitAsync();

        (await reading).ShouldBe(["team:slow", "team:quick"]);
    }

    [Fact]
    public async Task Shows_what_came_before_a_transaction_that_hangs_although_numbers_before_it_were_lost()
    {
        var cursor = await LastAsync();
        await using (var lost = await SlowWriter.StartAsync(_server, _connection, "lost"))
        {
        }

        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "second" }));
        (await StreamsAsync(cursor, "asc")).ShouldBe(["team:second"], "a number that was lost holds nobody up");
        await using var hanging = await SlowWriter.StartAsync(_server, _connection, "hanging");
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "third" }));

        (await StreamsAsync(cursor, "asc")).ShouldBe(["team:second"]);
    }

    [Fact]
    public async Task Is_not_held_up_by_who_writes_no_events()
    {
        var cursor = await LastAsync();
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var command = new NpgsqlCommand("create temporary table elsewhere as select * from governance.mt_events; select last_value from governance.mt_events_sequence", connection, transaction);
        await command.ExecuteNonQueryAsync(Token);
        await World.Must(201, Ann.PostJsonAsync("/teams", new { name = "quick" }));

        (await Settled.UpToAsync(TimeSpan.Zero, Token)).ShouldBeGreaterThan(cursor);
        (await StreamsAsync(cursor, "asc")).ShouldBe(["team:quick"]);
    }

    private async Task<long> LastAsync() => (await EventsAsync("order=desc&limit=1")).Single()["sequence"]!.GetValue<long>();

    private async Task<List<string>> StreamsAsync(long after, string order) => order == "asc"
        ? [.. (await EventsAsync($"order=asc&cursor={after.ToString(CultureInfo.InvariantCulture)}")).Select(e => e.Text("stream"))]
        : [.. (await EventsAsync("order=desc")).Where(e => e["sequence"]!.GetValue<long>() > after).Select(e => e.Text("stream"))];

    private async Task<List<JsonNode>> EventsAsync(string query) => [.. (await World.Must(200, Ann.GetJsonAsync($"/audit/events?{query}"))).Json!["items"]!.AsArray().Select(e => e!)];

    /// <summary>Appends as the server does, and takes its time to commit. Disposed without that, it has failed.</summary>
    private sealed class SlowWriter(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<SlowWriter> StartAsync(RunningServer server, string database, string team)
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(Token);
            var transaction = await connection.BeginTransactionAsync(Token);
            await using var session = server.Services.GetRequiredService<IDocumentStore>().LightweightSession(SessionOptions.ForTransaction(transaction));
            session.Events.StartStream(typeof(Team), $"team:{team}", new TeamFormed(team, null, "ann", DateTimeOffset.UnixEpoch));
            await session.SaveChangesAsync(Token);
            return new(connection, transaction);
        }

        public Task CommitAsync() => transaction.CommitAsync(Token);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
