using Marten;
using MLOpsGovernance.Server.Hosting;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Runs Marten's async daemon on exactly one node: whichever holds the advisory lock on its own session. Every node measures how far the registers have come.</summary>
internal sealed class ProjectionLeader(IDocumentStore store, DatabaseAddress address, RegisterKeeper registers, RegisterStates states, Leadership leadership, ILogger<ProjectionLeader> log) : BackgroundService
{
    internal const long LockKey = 0x4D4C4F5053;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Whether this node runs the projections now.</summary>
    public bool Leads
    {
        get => leadership.Leads;
        private set => leadership.Leads = value;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LeadAsync(stoppingToken);
            }
            catch (Exception e) when (stoppingToken.IsCancellationRequested)
            {
                log.LogDebug(e, "Leading ends with the host");
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The projection lock is lost; any node may take it");
            }

            await Task.Delay(Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeadAsync(CancellationToken stoppingToken)
    {
        // Pooling off: the lock lives and dies with this one session.
        await using var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.Connection) { Pooling = false }.ConnectionString);
        await session.OpenAsync(stoppingToken);
        // When this machine is cut off without a word, PostgreSQL finds out in half a minute instead of hours, and another may lead.
        await AskAsync(session, "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4; select true", stoppingToken);
        while (!await AskAsync(session, $"select pg_try_advisory_lock({LockKey})", stoppingToken))
        {
            await MeasureAsync(stoppingToken);
            await Task.Delay(Poll, stoppingToken);
        }

        using var daemon = await store.BuildProjectionDaemonAsync();
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await registers.BeginAsync(stoppingToken);
        var tending = registers.TendAsync(daemon, leading.Token);
        Leads = true;
        try
        {
            // Tending may take long, but never keeps this node from noticing that it leads no more.
            while (await AskAsync(session, "select true", stoppingToken))
            {
                await MeasureAsync(stoppingToken);
                await Task.Delay(Poll, stoppingToken);
                if (!tending.IsCompleted) continue;
                await tending;
                tending = registers.TendAsync(daemon, leading.Token);
            }
        }
        finally
        {
            Leads = false;
            await leading.CancelAsync();
            await tending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await daemon.StopAllAsync();
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var state = await states.ReadAsync(cancellationToken);
        Telemetry.ProjectionsPaused.Record(state.Pause is null ? 0 : 1);
        Telemetry.ProjectionLag.Record(state.Waiting.TotalSeconds);
    }

    private static async Task<bool> AskAsync(NpgsqlConnection session, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, session);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}

/// <summary>Whether this node leads: what is to be done by one node only asks here.</summary>
internal sealed class Leadership
{
    public bool Leads { get; set; }
}

/// <summary>Where the database is, credentials included: never logged.</summary>
internal sealed record DatabaseAddress(string Connection)
{
    public override string ToString() => "(database)";
}
