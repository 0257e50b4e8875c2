using System.Text.Json.Nodes;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// Makes events findable, in the order of their numbers. Whoever calls, however many at once: its one row is locked, and words, marks and progress are committed together. Everything here follows
/// from the events and may be thrown away.
/// </summary>
internal sealed class TrailIndex(NpgsqlDataSource source, SettledEvents settled, SealingKeys sealing, TimeProvider time)
{
    private const int MostEvents = 1000;

    /// <summary>Clocks are set back by less than that. Only how far a search looks beyond its end depends on it.</summary>
    private static readonly TimeSpan SetBack = TimeSpan.FromDays(1);

    /// <summary>Takes in what was stored since, if it is not done up to <paramref name="upTo"/>. Answers how far it has come.</summary>
    public async Task<long> CatchUpAsync(long upTo, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var done = await DoneAsync(cancellationToken);
        while (done < upTo && time.GetElapsedTime(since) < patience) done = await GrowAsync(upTo, cancellationToken);
        return done;
    }

    /// <summary>Answers how far it has come, and whether there may be more at once.</summary>
    public async Task<(long Done, bool More)> GrowAsync(CancellationToken cancellationToken)
    {
        var upTo = await settled.UpToAsync(TimeSpan.FromMilliseconds(200), cancellationToken);
        var done = await GrowAsync(upTo, cancellationToken);
        return (done, done < upTo);
    }

    /// <summary>Between which numbers, both included, all events of a time lie.</summary>
    /// <param name="to">Exclusive.</param>
    public async Task<(long? First, long? Last)> BetweenAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var first = from is null ? null : await NumberAsync($"select seq from {TrailTables.Marks} where latest < $1 order by latest desc, seq desc limit 1", from.Value, cancellationToken) + 1;
        var last = to is null ? null : await NumberAsync($"select seq from {TrailTables.Marks} where latest >= $1 order by latest, seq limit 1", to.Value > DateTimeOffset.MaxValue - SetBack ? to.Value : to.Value + SetBack, cancellationToken);
        return (first, last);
    }

    private async Task<long> GrowAsync(long upTo, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (done, latest) = await LockAsync(connection, cancellationToken);
        if (upTo <= done) return done;
        var events = await NextAsync(connection, done, upTo, cancellationToken);
        var last = events.Count == MostEvents ? events[^1].Sequence : upTo;
        if (events.Count > 0)
        {
            foreach (var e in events) latest = latest is { } known && known > e.At ? known : e.At;
            await StoreAsync(connection, events, cancellationToken);
            await ExecuteAsync(connection, $"insert into {TrailTables.Marks} (seq, latest) values ($1, $2)", cancellationToken, last, latest!.Value);
        }

        await ExecuteAsync(connection, $"update {TrailTables.State} set seq = $1, latest = $2", cancellationToken, last, (object?)latest ?? DBNull.Value);
        await transaction.CommitAsync(cancellationToken);
        return last;
    }

    private async Task<List<Findable>> NextAsync(NpgsqlConnection connection, long done, long upTo, CancellationToken cancellationToken)
    {
        List<(long Sequence, DateTimeOffset At, string Stream, string Type, string Actor, string? Correlation, string Data)> rows = [];
        // Of the gate's decisions, which are most of all events and long, only what was asked and answered.
        await using (var command = new NpgsqlCommand($"""
            select seq_id, timestamp, stream_id, type, coalesce(headers ->> 'actor', ''), correlation_id,
                case when type = 'policy_checked' then jsonb_build_object('model', data -> 'model', 'environment', data -> 'environment', 'code', data -> 'code', 'outcome', data -> 'outcome') else data end::text
            from {MartenSetup.Schema}.mt_events where seq_id > $1 and seq_id <= $2 and stream_id <> 'mt_tombstone' order by seq_id limit {MostEvents}
            """, connection))
        {
            command.Parameters.Add(new() { Value = done });
            command.Parameters.Add(new() { Value = upTo });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
                rows.Add((row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5), row.GetString(6)));
        }

        var events = new List<Findable>(rows.Count);
        foreach (var r in rows)
        {
            var words = await TrailWords.OfAsync(JsonNode.Parse(r.Data), r.Stream, r.Type, r.Actor, r.Correlation, text => sealing.OpenForSearchAsync(text, cancellationToken));
            events.Add(new(r.Sequence, r.At, words));
        }

        return events;
    }

    private static async Task StoreAsync(NpgsqlConnection connection, List<Findable> events, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {TrailTables.Words} (seq, words) from stdin (format binary)", cancellationToken);
        foreach (var e in events)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(e.Sequence, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(e.Words, NpgsqlDbType.Array | NpgsqlDbType.Bigint, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task<(long Done, DateTimeOffset? Latest)> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"insert into {TrailTables.State} (seq) values (0) on conflict do nothing", cancellationToken);
        await using var command = new NpgsqlCommand($"select seq, latest from {TrailTables.State} for update", connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task<long> DoneAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select seq from {TrailTables.State}");
        return await command.ExecuteScalarAsync(cancellationToken) is long done ? done : 0;
    }

    private async Task<long?> NumberAsync(string sql, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = at.ToUniversalTime() });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(value is DBNull ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.TimestampTz } : new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record Findable(long Sequence, DateTimeOffset At, long[] Words);
}
