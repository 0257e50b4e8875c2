using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

public sealed class LocalPostgresAfterAKill : LocalPostgresTest
{
    [Fact]
    public async Task Comes_back_by_itself_on_the_same_port_with_what_was_committed()
    {
        var postgres = await StartAsync(Options with { Supervise = true });
        await QueryAsync(postgres.ConnectionString, "create table kept (n int); insert into kept values (42)");
        var killed = postgres.ProcessId;

        Kill(killed);

        await UntilAsync(async () => Equals(await ValueAsync(postgres.ConnectionString), 42) && postgres.ProcessId != killed, TimeSpan.FromSeconds(20));
        (await QueryAsync(postgres.ConnectionString, "show port")).ShouldBe($"{postgres.Port}");
    }

    [Fact]
    public async Task Comes_back_every_time()
    {
        var postgres = await StartAsync(Options with { Supervise = true });
        for (var kill = 0; kill < 3; kill++)
        {
            var killed = postgres.ProcessId;
            Kill(killed);
            await UntilAsync(() => Task.FromResult(postgres.ProcessId != killed), TimeSpan.FromSeconds(20));
        }

        (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Comes_back_although_connections_were_busy()
    {
        var postgres = await StartAsync(Options with { Supervise = true });
        var busy = Enumerable.Range(0, 5).Select(_ => QueryAsync(postgres.ConnectionString, "select pg_sleep(60)")).ToList();
        await UntilAsync(
            async () => (long)(await QueryAsync(postgres.ConnectionString, "select count(*) from pg_stat_activity where query like '%pg_sleep%' and state = 'active'"))! >= 5,
            TimeSpan.FromSeconds(10));
        var killed = postgres.ProcessId;

        Kill(killed);

        await UntilAsync(() => Task.FromResult(postgres.ProcessId != killed), TimeSpan.FromSeconds(20));
        (await QueryAsync(postgres.ConnectionString, "select 1")).ShouldBe(1);
        await Should.ThrowAsync<NpgsqlException>(() => Task.WhenAll(busy));
    }

    [Fact]
    public async Task Stays_away_without_supervision_until_it_is_restarted()
    {
        var postgres = await StartAsync();
        await QueryAsync(postgres.ConnectionString, "create table kept (n int); insert into kept values (42)");
        var killed = postgres.ProcessId;

        Kill(killed);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        await Should.ThrowAsync<NpgsqlException>(() => QueryAsync(postgres.ConnectionString, "select 1"));
        await postgres.RestartAsync(Token);

        postgres.ProcessId.ShouldNotBe(killed);
        (await QueryAsync(postgres.ConnectionString, "select n from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Can_be_disposed_at_once()
    {
        var postgres = await StartAsync(Options with { Supervise = true });

        Kill(postgres.ProcessId);
        await postgres.DisposeAsync();

        (await QueryAsync((await StartAsync()).ConnectionString, "select 1")).ShouldBe(1);
    }

    private static async Task<object?> ValueAsync(string connectionString)
    {
        try
        {
            return await QueryAsync(connectionString, "select n from kept");
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
