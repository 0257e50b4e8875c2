using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using Orleans.Configuration;
using Orleans.Placement;

namespace MLOpsGovernance.Server.Tests.Storage;

[Alias("tests.where")]
public interface IWhere : IGrainWithIntegerKey
{
    /// <summary>The silo that this grain runs on.</summary>
    [Alias("tell")]
    Task<string> Tell();
}

[RandomPlacement]
internal sealed class Where(ILocalSiloDetails silo) : Grain, IWhere
{
    public Task<string> Tell() => Task.FromResult(silo.Name);
}

/// <summary>Two nodes that know nothing of each other but the database, over TCP.</summary>
public sealed class OrleansTablesInACluster(Database databases) : IAsyncLifetime
{
    private readonly List<IHost> _hosts = [];
    private NpgsqlDataSource _database = null!;
    private long _grains;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = OrleansTables.DataSource(await databases.NewDatabaseAsync(nameof(OrleansTablesInACluster)));
        await OrleansTables.MigrateAsync(_database, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Grains_are_called_across_nodes_and_a_stopped_node_leaves()
    {
        var (one, two) = (await StartAsync("one"), await StartAsync("two"));
        await LocalPostgresTest.UntilAsync(async () => await StatusesAsync() is [("one", 3), ("two", 3)], TimeSpan.FromSeconds(30));

        var grains = one.Services.GetRequiredService<IGrainFactory>();
        await LocalPostgresTest.UntilAsync(async () => (await PlacesAsync(grains)).SetEquals(["one", "two"]), TimeSpan.FromSeconds(30));

        await two.StopAsync(Token);

        await LocalPostgresTest.UntilAsync(async () => await StatusesAsync() is [("one", 3), ("two", 6)], TimeSpan.FromSeconds(30));
        await LocalPostgresTest.UntilAsync(async () => (await PlacesAsync(grains)).SetEquals(["one"]), TimeSpan.FromSeconds(30));
    }

    /// <summary>The silos that twenty new grains were put on, or none while a node still counts on one that has left.</summary>
    private async Task<HashSet<string>> PlacesAsync(IGrainFactory grains)
    {
        try
        {
            return [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grains.GetGrain<IWhere>(_grains++).Tell()))];
        }
        catch (OrleansException)
        {
            return [];
        }
    }

    private async Task<IHost> StartAsync(string name)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.DataSource = _database;
            })
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("test", "test"))
            .Configure<SiloOptions>(options => options.SiloName = name)
            .ConfigureEndpoints(IPAddress.Loopback, LoopbackPort.Free(), LoopbackPort.Free()));
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync(Token);
        return host;
    }

    private async Task<List<(string Name, int Status)>> StatusesAsync()
    {
        await using var command = _database.CreateCommand("select siloname, status from orleansmembershiptable order by siloname");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var silos = new List<(string, int)>();
        while (await reader.ReadAsync(Token)) silos.Add((reader.GetString(0), reader.GetInt32(1)));
        return silos;
    }
}
