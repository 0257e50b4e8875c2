using System.Text.Json;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <param name="Size">How many leaves were compared.</param>
/// <param name="Difference">The first, in the order of the log; null where there is none.</param>
internal sealed record IntegrityView(DateTimeOffset CheckedAt, bool Holds, ulong Size, IntegrityDifference? Difference);

/// <param name="Kind"><c>changed</c>, <c>deleted</c>, <c>inserted</c>, <c>leaf-changed</c>, <c>order</c> or <c>root</c>.</param>
/// <param name="Event">The event's id; null where the tree itself does not come out.</param>
/// <param name="Why">In a sentence.</param>
internal sealed record IntegrityDifference(string Kind, Guid? Event, string? Stream, long? Sequence, string Why);

/// <summary>
/// Compares every event in the database with its leaf, byte by byte, and the leaves with the root that was signed: an edit, a deletion, an insertion, another order and a cut end are each seen.
/// It asks for nothing but rows, and trusts none of the hashes that lie beside them.
/// </summary>
internal sealed class LogIntegrity(NpgsqlDataSource source, TimeProvider time, ILogger<LogIntegrity> log)
{
    private const int PageSize = 5000;

    public async Task<IntegrityView> CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // One snapshot, so that what is being taken in meanwhile is no difference.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var (size, root, last) = await StateAsync(connection, cancellationToken);
        var tree = CompactRange.From(0);
        var difference = await CompareAsync(connection, tree, last, cancellationToken) ?? Tree(tree, size, root) ?? await SignedAsync(connection, size, root, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var result = new IntegrityView(time.GetUtcNow(), difference is null, tree.End, difference);
        await using var keep = source.CreateCommand($"insert into {LogTables.Check} (result) values ($1::jsonb) on conflict (one) do update set result = excluded.result");
        keep.Parameters.Add(new() { Value = JsonSerializer.Serialize(result, Json.Lenient) });
        await keep.ExecuteNonQueryAsync(cancellationToken);
        Telemetry.AuditDiffers.Record(difference is null ? 0 : 1);
        if (difference is not null) log.LogError("The database differs from the audit log: {Difference}", difference.Why);
        return result;
    }

    /// <summary>What any node found last; null before the first time.</summary>
    public async Task<IntegrityView?> LastAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select result::text from {LogTables.Check}");
        return await command.ExecuteScalarAsync(cancellationToken) is string json ? JsonSerializer.Deserialize<IntegrityView>(json, Json.Lenient) : null;
    }

    private static async Task<(ulong Size, byte[] Root, long Last)> StateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select size, root, last_seq from {LogTables.Log}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ((ulong)reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2)) : (0, TreeHash.Empty(), 0);
    }

    private static async Task<IntegrityDifference?> CompareAsync(NpgsqlConnection connection, CompactRange tree, long last, CancellationToken cancellationToken)
    {
        for (var from = 0L; from < last; from += PageSize)
        {
            await using var command = new NpgsqlCommand($"""
                select {LogLeaf.Columns}, idx, leaf, seq, event_id from (select * from {MartenSetup.Schema}.mt_events where seq_id > $1 and seq_id <= $2 and stream_id <> 'mt_tombstone') e
                full join (select * from {LogTables.Leaf} where seq > $1 and seq <= $2) l on l.seq = e.seq_id order by coalesce(seq, seq_id)
                """, connection);
            // A number that no sequence gives belongs to somebody who put a row there.
            command.Parameters.Add(new() { Value = from == 0 ? long.MinValue : from });
            command.Parameters.Add(new() { Value = Math.Min(from + PageSize, last) });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken))
                if (Compare(row, tree) is { } difference) return difference;
        }

        return null;
    }

    private static IntegrityDifference? Compare(NpgsqlDataReader row, CompactRange tree)
    {
        if (row.IsDBNull(10)) return new("inserted", row.GetGuid(0), row.GetString(2), row.GetInt64(1), $"Event {row.GetGuid(0)} ({row.GetString(4)} on {row.GetString(2)}) stands in the database and not in the log.");
        var (logged, sequence, leaf) = (row.GetGuid(11), row.GetInt64(10), row.GetFieldValue<byte[]>(9));
        if (row.IsDBNull(0)) return new("deleted", logged, null, sequence, $"Event {logged}, number {sequence}, stands in the log and not in the database.");
        if (row.GetInt64(8) != (long)tree.End) return new("order", logged, row.GetString(2), sequence, $"Event {logged}, number {sequence}, is leaf {row.GetInt64(8)} where leaf {tree.End} belongs.");
        tree.Append(TreeHash.Leaf(leaf));
        return LogLeaf.Of(row).Bytes.AsSpan().SequenceEqual(leaf)
            ? null
            : new("changed", row.GetGuid(0), row.GetString(2), sequence, $"Event {row.GetGuid(0)} ({row.GetString(4)} on {row.GetString(2)}), number {sequence}, is not what the log holds at {tree.End - 1}.");
    }

    private static IntegrityDifference? Tree(CompactRange tree, ulong size, byte[] root) =>
        tree.End != size ? new("root", null, null, null, $"The log holds {tree.End} leaves and remembers {size}.")
        : tree.Root().AsSpan().SequenceEqual(root) ? null
        : new("leaf-changed", null, null, null, $"The {size} leaves of the log do not lead to its root: one of them was changed together with its event.");

    private static async Task<IntegrityDifference?> SignedAsync(NpgsqlConnection connection, ulong size, byte[] root, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select size, root from {LogTables.Signed} order by size desc limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && ((ulong)reader.GetInt64(0) != size || !reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(root))
            ? new("root", null, null, null, $"The log of {size} leaves is not the one whose checkpoint of {reader.GetInt64(0)} leaves was signed.")
            : null;
    }
}

/// <summary>Compares every hour (<c>Audit:CheckMinutes</c>), on the node that leads, whoever did so last.</summary>
internal sealed class IntegritySchedule(LogIntegrity integrity, Leadership leadership, IConfiguration settings, TimeProvider time, ILogger<IntegritySchedule> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = TimeSpan.FromMinutes(Math.Max(1, settings.GetValue("Audit:CheckMinutes", 60)));
        DateTimeOffset? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!leadership.Leads || last + every > time.GetUtcNow()) continue;
            try
            {
                last = (await integrity.LastAsync(stoppingToken))?.CheckedAt;
                if (last is null || last + every <= time.GetUtcNow()) last = (await integrity.CheckAsync(stoppingToken)).CheckedAt;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "The database could not be compared with the audit log; it is tried again in its turn");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
