using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Tests.Storage;

/// <summary>Each test has a data folder of its own, and clusters in it.</summary>
public abstract class LocalPostgresTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LocalPostgres> _started = [];

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string DataFolder => Path.Combine(_folder.Path, "data");

    protected string Beside(string name) => Path.Combine(_folder.Path, name);

    private protected LocalPostgresOptions Options => new(DataFolder) { Supervise = false };

    private protected async Task<LocalPostgres> StartAsync(LocalPostgresOptions? options = null, ILogger? log = null)
    {
        var postgres = await LocalPostgres.StartAsync(options ?? Options, log ?? NullLogger.Instance, Token);
        _started.Add(postgres);
        return postgres;
    }

    /// <summary>The lower layer, which starts a server that nobody watches or stops: what is left of a process of ours that was killed.</summary>
    private protected async Task<LocalPostgresPostmaster> LeaveRunningAsync()
    {
        await using (await StartAsync())
        {
        }

        var account = LocalPostgresAccount.Choose();
        using var folder = await LocalPostgresFolder.OpenAsync(DataFolder, account, NullLogger.Instance, Token);
        var binaries = await LocalPostgresBinaries.FindAsync(Options, account, folder.ClusterMajor(), NullLogger.Instance, Token);
        return await new LocalPostgresCluster(folder, binaries, account, 20, NullLogger.Instance).StartAsync(null, Token);
    }

    protected static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    internal static async Task<object?> QueryAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    internal static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan within)
    {
        var waiting = Stopwatch.StartNew();
        while (!await holds())
        {
            (waiting.Elapsed < within).ShouldBeTrue($"it did not happen within {within}");
            await Task.Delay(50, Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var postgres in _started) await postgres.DisposeAsync();
        _folder.Dispose();
    }
}
