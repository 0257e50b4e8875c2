using System.Diagnostics;
using System.Threading.Channels;
using Marten;
using MLOpsGovernance.Server.Hosting;
using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Commits appends from many grains in one transaction. A call completes only after its events are durable; a call that fails with
/// <see cref="StaleActivationException"/> or <see cref="GuardFailedException"/> stored nothing; after <see cref="StoreUnavailableException"/> its events are there wholly or not at all.
/// </summary>
internal sealed class EventWriter(IDocumentStore store, WriterConnections connections, KnownContent known, ILogger<EventWriter> log) : BackgroundService
{
    internal const int Pumps = 2;

    private const int MaxBatch = 256, MaxWaiting = 4096;
    private readonly Channel<Append> _queue = Channel.CreateBounded<Append>(MaxWaiting);

    public async Task AppendAsync(Append append, CancellationToken cancellationToken)
    {
        using var waiting = Telemetry.Source.StartActivity("append");
        waiting?.SetTag("mlgov.stream", append.Stream);
        append.Waiting = waiting?.Context ?? default;
        await _queue.Writer.WriteAsync(append, cancellationToken);
        await append.Done.Task;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Pumps).Select(_ => Task.Run(PumpAsync, CancellationToken.None)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    private async Task PumpAsync()
    {
        var batch = new List<Append>(MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var next)) batch.Add(next);
            if (batch.Count == 0) continue;
            Telemetry.WriterBatch.Record(batch.Count);

            // A guard on a stream that the same batch writes can only be judged after that write.
            var written = batch.Select(a => a.Stream).ToHashSet(StringComparer.Ordinal);
            var later = batch.FindAll(a => a.Guards.Any(g => written.Contains(g.Stream)));
            if (later.Count > 0) batch.RemoveAll(later.Contains);
            if (batch.Count > 0) await CommitAsync(batch);
            foreach (var append in later) await CommitAsync([append]);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<Append> batch)
    {
        // Row locks are taken in stream order, so two batches never wait for each other in a circle.
        batch.Sort(static (a, b) => string.CompareOrdinal(a.Stream, b.Stream));
        try
        {
            await SaveAsync(batch);
            foreach (var append in batch)
            {
                if (append.Facts is { } facts) known.Add(facts.Digest);
                append.Done.SetResult();
            }
        }
        catch (Exception e) when (batch.Count > 1 && (StoreErrors.IsConflict(e) || StoreErrors.IsRefusedData(e)))
        {
            // One stale stream, or one event that cannot be stored, rolls the whole transaction back: singly, only the loser sees it.
            log.LogDebug(e, "A batch of {Count} was refused; committing one by one", batch.Count);
            foreach (var append in batch.ToArray()) await CommitAsync([append]);
        }
        catch (Exception e)
        {
            if (StoreErrors.IsRefusedData(e)) log.LogInformation("PostgreSQL does not take what was to be stored in {Stream}: {State}", batch[0].Stream, StoreErrors.SqlState(e));
            else if (!StoreErrors.IsConflict(e)) log.LogWarning(e, "A batch of {Count} could not be stored, or it is unknown whether it was", batch.Count);
            foreach (var append in batch) append.Done.SetException(Translate(e, append.Stream));
        }
    }

    private static Exception Translate(Exception e, string stream) =>
        StoreErrors.IsGuard(e) ? new GuardFailedException(e.InnerException?.Message ?? e.Message)
        : StoreErrors.IsConflict(e) ? new StaleActivationException(stream)
        : StoreErrors.IsUnavailable(e) ? StoreErrors.Unavailable(e)
        : e;

    private async Task SaveAsync(List<Append> batch)
    {
        // The pump belongs to nobody's request; each event carries its own trace instead. One that is alone has the commit in its trace, many are linked to theirs.
        Activity.Current = null;
        using var commit = !Telemetry.Source.HasListeners() ? null
            : batch is [var alone] ? Telemetry.Source.StartActivity("commit", ActivityKind.Internal, alone.Waiting)
            : Telemetry.Source.StartActivity("commit", ActivityKind.Internal, default(ActivityContext), links: batch.Where(a => a.Waiting != default).Select(a => new ActivityLink(a.Waiting)));
        commit?.SetTag("mlgov.appends", batch.Count);
        await using var connection = await connections.Source.OpenConnectionAsync();
        await using var session = store.LightweightSession(Marten.Services.SessionOptions.ForConnection(connection));
        foreach (var append in batch)
        {
            foreach (var guard in append.Guards) session.QueueSqlCommand($"select {MartenSetup.Schema}.hold_stream(?, ?)", guard.Stream, guard.Version);
            if (append.Facts is { } facts && !known.Contains(facts.Digest))
                session.QueueSqlCommand($"insert into {MartenSetup.Schema}.content (digest, bytes) values (?, ?) on conflict do nothing", facts.Digest, facts.Bytes.ToArray());

            if (NewStreams.Takes(append)) continue;
            append.Beside?.Invoke(session);
            var action = append.ExpectedVersion == 0
                ? session.Events.StartStream(append.State, append.Stream, append.Events)
                : session.Events.Append(append.Stream, append.ExpectedVersion + append.Events.Count, append.Events);
            EventNotes.Describe(action.Events, append.Context);
        }

        if (batch.Where(NewStreams.Takes).ToArray() is [_, ..] beginning) NewStreams.Begin(session, store, beginning);
        await session.SaveChangesAsync();
    }
}

/// <summary>
/// As many connections as the writer has pumps, used for nothing else: their PostgreSQL processes stay warm. In the common pool each transaction would go to the process
/// that has rested longest, with its plans and caches cold.
/// </summary>
internal sealed record WriterConnections(NpgsqlDataSource Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
