using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Tests.Requests;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>PostgreSQL is killed under a server that keeps running.</summary>
public sealed class AStoreThatDies : LocalPostgresTest
{
    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(10);

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

        await postgres.RestartAsync(Token);

        await UntilAsync(async () => (await world.CheckAsync()) is { Status: 200 } answer && answer.Json!["allowed"]!.GetValue<bool>(), SoonEnough);
        await UntilAsync(async () => await HealthAsync(anonymous, "ready") == 200, SoonEnough);
        await UntilAsync(async () => (await world.Ann.PostJsonAsync("/teams", new { name = "late" })).Status is 201 or 409, SoonEnough);
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
                var name = string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "model" : "team")}-{caller}-{i}");
                var answer = await RegisterAsync(world, name);
                if (answer.Status == 201) acknowledged.Add(name);
                else unknown.Add(name);
                if (answer.Status != 201)
                {
                    BadInput.Explained(answer, name, 503, "store-unavailable");
                    await Task.Delay(20, Token);
                }
            }
        }, Token)).ToArray();

        await UntilAsync(() => Task.FromResult(acknowledged.Count > 300), TimeSpan.FromSeconds(60));
        var (killed, before) = (postgres.ProcessId, acknowledged.Count);
        await KillGroupAsync(postgres);
        await UntilAsync(() => Task.FromResult(!unknown.IsEmpty && postgres.ProcessId != killed), TimeSpan.FromSeconds(20));
        var back = Stopwatch.StartNew();
        await UntilAsync(() => Task.FromResult(acknowledged.Count > before + Callers), SoonEnough);
        back.Elapsed.ShouldBeLessThan(SoonEnough);
        await ended.CancelAsync();
        await Task.WhenAll(load);

        foreach (var name in acknowledged) (await EventsAsync(postgres, name)).ShouldBe(1, $"{name} was acknowledged");
        foreach (var name in unknown) (await EventsAsync(postgres, name)).ShouldBeInRange(0, 1, $"{name} was not acknowledged");

        foreach (var name in unknown.Concat(acknowledged.Take(50)))
        {
            var answer = await RegisterAsync(world, name);
            answer.Status.ShouldBe(201, $"{name} under its first key: {answer.Json?.ToJsonString()}");
            (await EventsAsync(postgres, name)).ShouldBe(1, $"{name} is settled once");
            (await world.Ann.GetJsonAsync($"/{Kind(name)}s/{name}")).Status.ShouldBe(200);
        }
    }

    private static string Kind(string name) => name.Split('-')[0];

    private static Task<Answer> RegisterAsync(World world, string name) => Kind(name) == "team"
        ? world.Ann.PostJsonAsync("/teams", new { name }, $"key-{name}")
        : world.Ann.PostJsonAsync("/models", new { name, team = "flowers", purpose = $"to be {name}" }, $"key-{name}");

    private static async Task<long> EventsAsync(LocalPostgres postgres, string name) =>
        (long)(await QueryAsync(postgres.ConnectionString, $"select count(*) from governance.mt_events where stream_id = '{Kind(name)}:{name}'"))!;

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
