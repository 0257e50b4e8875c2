using System.Diagnostics;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// A private PostgreSQL server on 127.0.0.1 for one machine, from binaries found or fetched. It keeps its data across runs,
/// and comes back on the same port when its process dies. Disposing it stops the server in order.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly LocalPostgresCluster _cluster;
    private readonly LocalPostgresFolder _folder;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ending = new();
    private volatile LocalPostgresPostmaster _postmaster;
    private Task _watching = Task.CompletedTask;
    private bool _disposed;

    private LocalPostgres(LocalPostgresCluster cluster, LocalPostgresFolder folder, LocalPostgresPostmaster postmaster, string connectionString, ILogger log)
    {
        _cluster = cluster;
        _folder = folder;
        _log = log;
        _postmaster = postmaster;
        Port = postmaster.Port;
        ConnectionString = connectionString;
    }

    /// <summary>Database and user <c>governance</c>. Holds for as long as this object lives, restarts included.</summary>
    public string ConnectionString { get; }

    public int Port { get; }

    /// <summary>The server's main process; another one after a restart.</summary>
    public int ProcessId => _postmaster.ProcessId;

    /// <summary>Completes when connections are accepted and the database <c>governance</c> exists.</summary>
    /// <exception cref="LocalPostgresUnavailableException">
    /// No usable binaries, the data folder is in use or cannot be used, or the server does not start. Its message is meant for the user.
    /// </exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, ILogger log, CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        var account = LocalPostgresAccount.Choose();
        var folder = await LocalPostgresFolder.OpenAsync(options.DataFolder, account, log, cancellationToken);
        try
        {
            var binaries = await LocalPostgresBinaries.FindAsync(options, account, folder.ClusterMajor(), log, cancellationToken);
            var cluster = new LocalPostgresCluster(folder, binaries, account, options.MaxConnections, log);
            if (folder.ClusterMajor() is null) await cluster.CreateAsync(cancellationToken);
            var password = folder.Password();
            var postmaster = await cluster.StartAsync(options.Port, cancellationToken);
            try
            {
                var connectionString = await LocalPostgresDatabase.EnsureAsync(postmaster.Port, password, options.MaxConnections, cancellationToken);
                log.LogInformation(
                    "PostgreSQL {Version} on 127.0.0.1:{Port}, data in {Cluster}, up after {Elapsed} ms",
                    binaries.Version, postmaster.Port, folder.Cluster, started.ElapsedMilliseconds);
                var running = new LocalPostgres(cluster, folder, postmaster, connectionString, log);
                if (options.Supervise) running._watching = running.WatchAsync(running._ending.Token);
                return running;
            }
            catch
            {
                await cluster.StopAsync();
                throw;
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts the same cluster on the same port; a server that still runs is stopped in order first.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _postmaster = await _cluster.StartAsync(Port, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _ending.CancelAsync();
        await _watching;
        await _turn.WaitAsync();
        try
        {
            await _cluster.StopAsync();
        }
        finally
        {
            _folder.Dispose();
            _turn.Dispose();
            _ending.Dispose();
        }
    }

    private async Task WatchAsync(CancellationToken ending)
    {
        var pause = Glance;
        try
        {
            while (true)
            {
                await Task.Delay(pause, ending);
                // A full disk or a taken port may pass, so giving up would help nobody; asking ever more rarely spares the log.
                pause = _postmaster.IsAlive() || await ReviveAsync(ending) ? Glance : TimeSpan.FromSeconds(Math.Clamp(pause.TotalSeconds * 2, 1, 30));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the end of the watch.
        }
    }

    private async Task<bool> ReviveAsync(CancellationToken ending)
    {
        await _turn.WaitAsync(ending);
        try
        {
            if (_postmaster.IsAlive()) return true;
            _log.LogWarning("PostgreSQL (process {ProcessId}) died; starting it again on port {Port}", ProcessId, Port);
            _postmaster = await _cluster.StartAsync(Port, ending);
            _log.LogInformation("PostgreSQL is back as process {ProcessId}", ProcessId);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _log.LogError("PostgreSQL could not be started again: {Why}", e.Message);
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }
}
