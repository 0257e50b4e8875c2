using Npgsql;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Up to which number the events are settled. An event's number is drawn inside the transaction that stores it, so a lower one may become visible after a higher one; whoever reads in the order
/// of numbers and remembers where they stopped would miss it for good. Such a reader stops at the settled number.
/// <para>
/// Guarantee: whoever begins to read after the answer sees every event that will ever have a number up to it. Numbers without an event in between belong to transactions that failed.
/// </para>
/// </summary>
internal sealed class SettledEvents(NpgsqlDataSource source, RegisterStates registers, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private long _known;

    /// <param name="patience">How long to wait for transactions that are under way. They take milliseconds; one that hangs holds back only what comes after its own numbers.</param>
    public async Task<long> UpToAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var head = await NumberAsync($"select coalesce(max(seq_id), 0) from {MartenSetup.Schema}.mt_events", cancellationToken);
        // Whoever begins to draw numbers from now on gets higher ones than the head.
        var under = await UnderWayAsync(cancellationToken);
        while (under.Count > 0 && time.GetElapsedTime(since) < patience)
        {
            await Task.Delay(Step, time, cancellationToken);
            under.IntersectWith(await UnderWayAsync(cancellationToken));
        }

        return under.Count == 0 ? Remember(head) : await BeforeTheFirstGapAsync(head, cancellationToken);
    }

    /// <summary>The transactions that hold numbers and have not ended: PostgreSQL keeps a lock on the sequence for each of them until it is visible or gone.</summary>
    private async Task<HashSet<string>> UnderWayAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"""
            select virtualtransaction from pg_locks
            where locktype = 'relation' and mode = 'RowExclusiveLock' and granted and relation = '{MartenSetup.Schema}.mt_events_sequence'::regclass
                and database = (select oid from pg_database where datname = current_database())
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var transactions = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken)) transactions.Add(reader.GetString(0));
        return transactions;
    }

    /// <summary>Whatever hangs owns numbers that nobody sees: below the first of those, everything is settled.</summary>
    private async Task<long> BeforeTheFirstGapAsync(long head, CancellationToken cancellationToken)
    {
        var known = Math.Max(Interlocked.Read(ref _known), await registers.CheckedToAsync(cancellationToken));
        await using var command = source.CreateCommand($"""
            select before from (select seq_id, lag(seq_id, 1, $1) over (order by seq_id) as before from {MartenSetup.Schema}.mt_events where seq_id > $1 and seq_id <= $2) numbered
            where seq_id > before + 1 order by seq_id limit 1
            """);
        command.Parameters.Add(new() { Value = known });
        command.Parameters.Add(new() { Value = head });
        return Remember(await command.ExecuteScalarAsync(cancellationToken) is long before ? before : Math.Max(head, known));
    }

    private long Remember(long settled)
    {
        for (var known = Interlocked.Read(ref _known); known < settled; known = Interlocked.Read(ref _known))
            if (Interlocked.CompareExchange(ref _known, settled, known) == known) return settled;
        return settled;
    }

    private async Task<long> NumberAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
