using System.Diagnostics;
using System.Globalization;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests.Audit;
using Npgsql;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>Two server processes in one cluster, one of which is killed without a word.</summary>
public sealed class AServerThatDies(Database database) : IAsyncLifetime
{
    private readonly Dictionary<string, ServerProcess> _servers = new(StringComparer.Ordinal);
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        _connection = await database.NewDatabaseAsync(nameof(AServerThatDies));
        foreach (var name in new[] { "one", "two" })
        {
            _servers.Add(name, await ServerProcess.StartAsync(
                // The name by which PostgreSQL knows who holds the lock.
                new NpgsqlConnectionStringBuilder(_connection) { ApplicationName = name }.ConnectionString,
                ("Cluster__ClusterId", "mortal"), ("Cluster__SiloPort", Port()), ("Cluster__GatewayPort", Port())));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values) await server.DisposeAsync();
    }

    [Fact]
    public async Task Leaves_its_leadership_and_its_grains_to_the_other()
    {
        await UntilAsync(async () => (await LeadersAsync()).Count == 1, TimeSpan.FromSeconds(20));
        var leader = (await LeadersAsync()).Single();
        var (dying, living) = (_servers[leader], _servers.Single(s => s.Key != leader).Value);
        var (there, here) = (dying.As("dev:contributor:ann"), living.As("dev:contributor:ann"));
        // Enough streams for some to live on either.
        for (var i = 0; i < 20; i++) await World.Must(201, (i % 2 == 0 ? here : there).PostJsonAsync("/teams", new { name = Name(i) }));
        (await TeamsAsync(here)).ShouldBe(Enumerable.Range(0, 20).Select(Name));

        var signed = await TheLogOf.NewestAsync(_connection);
        var writing = Task.WhenAll(Enumerable.Range(30, 40).Select(i => there.PostJsonAsync("/teams", new { name = Name(i) }).ContinueWith(t => t.Exception, TaskScheduler.Default)));
        await Task.Delay(100, Token);

        var since = Stopwatch.StartNew();
        await dying.KillAsync();
        await writing;

        await UntilAsync(async () => (await LeadersAsync()).SequenceEqual([_servers.Single(s => s.Value == living).Key]), TimeSpan.FromSeconds(10));
        // Every stream, those of the dead included; what is refused meanwhile is 503 and may be tried again under its key.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AnsweredAsync(
            () => here.PutJsonAsync($"/teams/{Name(i)}/members/bob", new { functions = new[] { "ml-engineer" } }, $"bob-{i}"), since)));
        answers.ShouldAllBe(answer => answer.Status == 200);
        (await AnsweredAsync(() => here.PostJsonAsync("/teams", new { name = "team-20" }, "team-20"), since)).Status.ShouldBe(201);
        // Of those that were being founded in the moment of the kill nobody knows which were.
        await UntilAsync(async () => (await TeamsAsync(here)).Where(t => string.CompareOrdinal(t, Name(30)) < 0).SequenceEqual(Enumerable.Range(0, 21).Select(Name)), TimeSpan.FromSeconds(10));
        (await LeadersAsync()).Count.ShouldBe(1);
        await TheLogOf.IsWholeAndContinuesAsync(_connection, signed);
    }

    private static async Task<Answer> AnsweredAsync(Func<Task<Answer>> call, Stopwatch since)
    {
        while (true)
        {
            var answer = await call();
            if (answer.Status < 400 || since.Elapsed > TimeSpan.FromSeconds(60)) return answer;
            answer.Status.ShouldBe(503, answer.Json?.ToJsonString());
            await Task.Delay(200, Token);
        }
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"team-{i:00}");

    private static string Port() => LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);

    private static async Task<List<string>> TeamsAsync(HttpClient client) =>
        // While nobody leads, a list is refused rather than old.
        await client.GetJsonAsync("/teams") is { Code: not "register-behind" } answer ? [.. answer.Json!["items"]!.AsArray().Select(t => t.Text("name"))] : [];

    /// <summary>Who holds the lock of the projections, as PostgreSQL sees it.</summary>
    private async Task<List<string>> LeadersAsync()
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand("""
            select a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and a.datname = current_database() and (l.classid::bigint << 32) + l.objid::bigint = $1
            """);
        command.Parameters.Add(new() { Value = ProjectionLeader.LockKey });
        await using var reader = await command.ExecuteReaderAsync(Token);
        var leaders = new List<string>();
        while (await reader.ReadAsync(Token)) leaders.Add(reader.GetString(0));
        return leaders;
    }
}
