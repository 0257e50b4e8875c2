using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests.Audit;
using MLOpsGovernance.Server.Tests.Requests;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>PostgreSQL is killed under a server that keeps running.</summary>
public sealed class AStoreThatDies : LocalPostgresTest
{
    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(10);

    /// <summary>Two commands on streams of their own, a decision with its facts, and events that only make sense together.</summary>
    private static readonly string[] Kinds = ["team", "model", "check", "trio"];

    private const string Torn = """
        select concat(s.id, ' is at ', s.version, ' with ', (select count(*) from governance.mt_events e where e.stream_id = s.id), ' events')
        from governance.mt_streams s where s.id <> 'mt_tombstone' and s.version <> (select count(*) from governance.mt_events e where e.stream_id = s.id)
        union all
        select concat(e.stream_id, ' has no facts ', e.data ->> 'factsDigest')
        from governance.mt_events e where e.type = 'policy_checked' and not exists (select 1 from governance.content c where c.digest = e.data ->> 'factsDigest')
        """;

    [Fact]
    public async Task Lets_nothing_through_while_it_is_down_and_works_again_by_itself()
    {
        var postgres = await StartAsync();
        await using var server = await RunningServer.StartAsync(postgres.ConnectionString);
        var world = await new World(server).FoundedAsync();
        await world.ApprovedAsync();
        (await world.CheckAsync()).Json!["allowed"]!.GetValue<bool>().ShouldBeTrue();
        using var anonymous = new HttpClient { BaseAddress = server.Address };
        (await HealthAsync(anonymous, "ready")).ShouldBe(200);
        (await MlgovCheckAsync(server)).Exit.ShouldBe(0);

        await KillGroupAsync(postgres);

        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.CheckAsync(key: i % 2 == 0 ? null : $"down-{i}")));
        foreach (var answer in asked)
        {
            BadInput.Explained(answer, "a check without a store", 503, "store-unavailable");
            answer.Json!["allowed"].ShouldBeNull();
        }

        BadInput.Explained(await world.Ann.PostJsonAsync("/teams", new { name = "late" }), "a command without a store", 503, "store-unavailable");
        BadInput.Explained(await world.Ann.GetJsonAsync("/models/unread"), "a read of what is not in memory", 503, "store-unavailable");
        (await HealthAsync(anonymous, "ready")).ShouldBe(503);
        (await HealthAsync(anonymous, "live")).ShouldBe(200);
        var (exit, output, error) = await MlgovCheckAsync(server);
        exit.ShouldBe(3, $"no answer is neither an allow nor a denial: {output}{error}");
        error.ShouldContain("store-unavailable");

        await postgres.RestartAsync(Token);

        await UntilAsync(async () => (await world.CheckAsync()) is { Status: 200 } answer && answer.Json!["allowed"]!.GetValue<bool>(), SoonEnough);
        await UntilAsync(async () => await HealthAsync(anonymous, "ready") == 200, SoonEnough);
        await UntilAsync(async () => (await world.Ann.PostJsonAsync("/teams", new { name = "late" })).Status is 201 or 409, SoonEnough);
        (await MlgovCheckAsync(server)).Exit.ShouldBe(0);
        // The projections come back too: the leader takes its lock anew.
        await UntilAsync(async () => (await world.Ann.GetJsonAsync("/teams")).Json?["items"]?.AsArray().Any(t => t!["name"]!.GetValue<string>() == "late") ?? false, SoonEnough);
    }

    [Fact]
    public async Task Keeps_every_acknowledged_command_and_tears_none_apart()
    {
        const int Callers = 32;
        var postgres = await StartAsync(Options with { Supervise = true });
        await using var server = await RunningServer.StartAsync(postgres.ConnectionString);
        var world = await new World(server).FoundedAsync();
        var (acknowledged, unknown) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var load = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !ended.IsCancellationRequested; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{Kinds[i % Kinds.Length]}-{caller}-{i / Kinds.Length}");
                var answer = await SendAsync(world, name);
                if (answer.Status is 200 or 201)
                {
                    acknowledged.Add(name);
                    continue;
                }

                unknown.Add(name);
                BadInput.Explained(answer, name, 503, "store-unavailable");
                await Task.Delay(20, Token);
            }
        }, Token)).ToArray();

        await UntilAsync(() => Task.FromResult(acknowledged.Count > 300), TimeSpan.FromSeconds(60));
        var (killed, before, signed) = (postgres.ProcessId, acknowledged.Count, await TheLogOf.NewestAsync(postgres.ConnectionString));
        var down = Stopwatch.StartNew();
        await KillGroupAsync(postgres);
        await UntilAsync(() => Task.FromResult(!unknown.IsEmpty && postgres.ProcessId != killed), SoonEnough);
        await UntilAsync(() => Task.FromResult(acknowledged.Count > before + Callers), SoonEnough);
        down.Elapsed.ShouldBeLessThan(SoonEnough, "from the kill until commands are acknowledged again");
        await ended.CancelAsync();
        await Task.WhenAll(load);

        var stored = await StoredAsync(postgres);
        foreach (var name in acknowledged) stored.GetValueOrDefault(Trace(name)).ShouldBe(Whole(name), $"{name} was acknowledged");
        foreach (var name in unknown) stored.GetValueOrDefault(Trace(name)).ShouldBeOneOf([0, Whole(name)], $"{name} was not acknowledged");
        (await TornAsync(postgres)).ShouldBeEmpty("a stream without all of its events, or a decision without its facts");
        await TheLogOf.IsWholeAndContinuesAsync(postgres.ConnectionString, signed);
        // What Marten leaves in the place of a failed transaction is no part of the trail.
        (await world.Carl.GetJsonAsync("/audit/events?stream=mt_tombstone")).Json!["items"]!.AsArray().ShouldBeEmpty();

        foreach (var name in unknown.Concat(acknowledged.Take(50)).Where(n => Kind(n) != "trio"))
        {
            var answer = await SendAsync(world, name);
            answer.Status.ShouldBe(Kind(name) == "check" ? 200 : 201, $"{name} under its first key: {answer.Json?.ToJsonString()}");
            (await world.Ann.GetJsonAsync(Kind(name) == "check" ? $"/policy-checks/{answer.Json!["decisionId"]!.GetValue<string>()}" : $"/{Kind(name)}s/{name}")).Status.ShouldBe(200);
        }

        stored = await StoredAsync(postgres);
        foreach (var name in unknown.Where(n => Kind(n) != "trio")) stored[Trace(name)].ShouldBe(1, $"{name} is settled once");
    }

    private static string Kind(string name) => name.Split('-')[0];

    private static int Whole(string name) => Kind(name) == "trio" ? 3 : 1;

    private static async Task<Answer> SendAsync(World world, string name)
    {
        switch (Kind(name))
        {
            case "team":
                return await world.Ann.PostJsonAsync("/teams", new { name }, $"key-{name}");
            case "model":
                return await world.Ann.PostJsonAsync("/models", new { name, team = "flowers", purpose = $"to be {name}" }, $"key-{name}");
            case "check":
                // Each version number makes facts of its own, which are stored with the decision.
                return await world.Pipeline.PostJsonAsync("/policy-checks", new { model = "m", version = 1 + (uint)name.GetHashCode(StringComparison.Ordinal) % 1_000_000, environment = "production", artifactDigest = World.Artifact }, $"key-{name}");
            default:
                return await AppendThreeAsync(world.Server, name);
        }
    }

    private static async Task<Answer> AppendThreeAsync(RunningServer server, string name)
    {
        var at = TimeProvider.System.GetUtcNow();
        object[] events = [new TeamFormed(name, null, "ann", at), new MemberJoined("ann", [], [], "ann", at), new MemberJoined("bob", [], [], "ann", at)];
        try
        {
            await server.Services.GetRequiredService<EventWriter>().AppendAsync(
                new($"team:{name}", typeof(Team), 0, events, new("ann", null, null, null, null, $"ann key-{name}", "-"), []), Token);
            return new(201, null, null);
        }
        catch (StoreUnavailableException)
        {
            return new(503, new JsonObject { ["status"] = 503, ["code"] = "store-unavailable", ["detail"] = "As the endpoints say it.", ["traceId"] = "-" }, "application/problem+json");
        }
    }

    /// <summary>Where a command's idempotency key is found again: in its events, or as the id of its decision.</summary>
    private static string Trace(string name) => Kind(name) == "check" ? $"check:{Ids.Version5($"pipeline key-{name} check")}" : name;

    /// <summary>How many events each command left.</summary>
    private static async Task<Dictionary<string, int>> StoredAsync(LocalPostgres postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(
            """
            select case type when 'policy_checked' then stream_id else split_part(headers ->> 'command', ' key-', 2) end, count(*)::int
            from governance.mt_events where type = 'policy_checked' or headers ->> 'command' like '% key-%' group by 1
            """);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var stored = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(Token)) stored.Add(reader.GetString(0), reader.GetInt32(1));
        return stored;
    }

    private static async Task<List<string>> TornAsync(LocalPostgres postgres)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(Torn);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var torn = new List<string>();
        while (await reader.ReadAsync(Token)) torn.Add(reader.GetString(0));
        return torn;
    }

    /// <summary>The command line as a pipeline runs it: a process of its own, which gives up after a second here.</summary>
    private static async Task<(int Exit, string Output, string Error)> MlgovCheckAsync(RunningServer server)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "mlgov.dll"), "check", "--server", server.Address.ToString(), "--token", "dev:pipeline", "--retry-for", "1s",
            "--model", "m", "--version", "1", "--environment", "production", "--digest", World.Artifact,
        ];
        using var mlgov = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (mlgov.StandardOutput.ReadToEndAsync(Token), mlgov.StandardError.ReadToEndAsync(Token));
        await mlgov.WaitForExitAsync(Token);
        return (mlgov.ExitCode, await output, await error);
    }

    private static async Task<int> HealthAsync(HttpClient client, string kind)
    {
        using var response = await client.GetAsync($"/healthz/{kind}", Token);
        return (int)response.StatusCode;
    }

    /// <summary>All of it at once, as a power cut does: the main process and every process it began.</summary>
    private static async Task KillGroupAsync(LocalPostgres postgres)
    {
        using var kill = Process.Start("kill", ["-9", "--", $"-{postgres.ProcessId.ToString(CultureInfo.InvariantCulture)}"]);
        await kill.WaitForExitAsync(Token);
        kill.ExitCode.ShouldBe(0);
    }
}
