using System.Threading.Channels;
using Marten;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>
/// Stores what clients report, many reports at once: thousands of runs a second need no grain each. A call completes only after its events are durable. A report that was stored before, whenever and through whichever
/// node, is not stored again: its body's digest and its stream's version are judged in one transaction with the append.
/// </summary>
internal sealed class LineageIntake(NpgsqlDataSource source, EventWriter writer, ILogger<LineageIntake> log) : BackgroundService
{
    private const int MostAtOnce = 1024, MostWaiting = 8192, MostAttempts = 8;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(MostWaiting);

    /// <returns>For each report whether it was new.</returns>
    public async Task<IReadOnlyList<bool>> TakeAsync(IReadOnlyList<LineageReport> reports, EventContext context)
    {
        Waiting[] waiting = [.. reports.Select(r => new Waiting(r, context with { Key = null, Body = null }))];
        foreach (var one in waiting) await _queue.Writer.WriteAsync(one);
        return await Task.WhenAll(waiting.Select(w => w.Done.Task));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(PumpAsync, CancellationToken.None);

    private async Task PumpAsync()
    {
        List<Waiting> open = [];
        while (open.Count > 0 || await _queue.Reader.WaitToReadAsync())
        {
            while (open.Count < MostAtOnce && _queue.Reader.TryRead(out var next)) open.Add(next);
            try
            {
                open = await RoundAsync(open);
            }
            catch (Exception e)
            {
                // The reports of this round failed with their cause; the next ones may fare better.
                if (!StoreErrors.IsUnavailable(e)) log.LogWarning(e, "{Count} reports could not be looked up", open.Count);
                var cause = StoreErrors.IsUnavailable(e) ? new StoreUnavailableException("The event store cannot be reached.") : e;
                foreach (var one in open) one.Done.TrySetException(cause);
                open = [];
            }
        }
    }

    /// <returns>What has to wait for the next round: one append for each stream at a time.</returns>
    private async Task<List<Waiting>> RoundAsync(List<Waiting> open)
    {
        var (known, versions) = await LookUpAsync(open);
        List<Waiting> later = [];
        List<Group> groups = [];
        foreach (var stream in open.GroupBy(o => o.Report.Stream, StringComparer.Ordinal))
        {
            Group? group = null;
            foreach (var one in stream)
            {
                if (known.Contains(one.Report.Digest)) one.Done.TrySetResult(false);
                else if (group?.Find(one.Report.Digest) is { } same) same.Repeats.Add(one);
                else if (group is null || group.Context == one.Context) (group ??= new(stream.Key, versions.GetValueOrDefault(stream.Key), one.Context)).Members.Add(one);
                else later.Add(one);
            }

            if (group is not null) groups.Add(group);
        }

        foreach (var again in await Task.WhenAll(groups.Select(AppendAsync))) later.AddRange(again);
        return later;
    }

    private async Task<(HashSet<string> Known, Dictionary<string, long> Versions)> LookUpAsync(List<Waiting> open)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new($"select digest from {LineageTables.Bodies} where digest = any($1)") { Parameters = { new() { Value = open.Select(o => o.Report.Digest).Distinct(StringComparer.Ordinal).ToArray() } } });
        batch.BatchCommands.Add(new($"select id, version from {MartenSetup.Schema}.mt_streams where id = any($1)") { Parameters = { new() { Value = open.Select(o => o.Report.Stream).Distinct(StringComparer.Ordinal).ToArray() } } });
        await using var reader = await batch.ExecuteReaderAsync();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) known.Add(reader.GetString(0));
        await reader.NextResultAsync();
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) versions[reader.GetString(0)] = reader.GetInt64(1);
        return (known, versions);
    }

    /// <returns>Those to be tried again, because another node wrote to the stream meanwhile.</returns>
    private async Task<IReadOnlyList<Waiting>> AppendAsync(Group group)
    {
        object[] events = [.. group.Members.SelectMany(m => m.Report.Events)];
        try
        {
            await writer.AppendAsync(new(group.Stream, group.Members[0].Report.State, group.Version, events, group.Context, [], Beside: session => Keep(session, group.Members)), CancellationToken.None);
            foreach (var member in group.Members)
            {
                member.Done.TrySetResult(true);
                foreach (var repeat in member.Repeats) repeat.Done.TrySetResult(false);
            }

            return [];
        }
        catch (StaleActivationException) when (group.Members.TrueForAll(m => ++m.Attempts < MostAttempts))
        {
            return [.. group.Members, .. group.Members.SelectMany(m => m.TakeRepeats())];
        }
        catch (Exception e)
        {
            foreach (var one in group.Members.SelectMany(m => m.Repeats.Prepend(m))) one.Done.TrySetException(e);
            return [];
        }
    }

    private static void Keep(IDocumentOperations session, IReadOnlyList<Waiting> members)
    {
        foreach (var (report, _) in members)
        {
            session.QueueSqlCommand(
                $"insert into {LineageTables.Bodies} (digest, bytes, producer, warnings) values (?, ?, ?, nullif(?, '')::jsonb) on conflict do nothing", report.Digest, report.Packed, report.Producer, report.Warnings ?? "");
        }
    }

    /// <summary>One append: reports about one stream in one caller's name.</summary>
    private sealed record Group(string Stream, long Version, EventContext Context)
    {
        public List<Waiting> Members { get; } = [];

        public Waiting? Find(string digest) => Members.Find(m => m.Report.Digest == digest);
    }

    private sealed record Waiting(LineageReport Report, EventContext Context)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The same report, sent again before this one was stored.</summary>
        public List<Waiting> Repeats { get; private set; } = [];

        public int Attempts { get; set; }

        public List<Waiting> TakeRepeats()
        {
            var taken = Repeats;
            Repeats = [];
            return taken;
        }
    }
}
