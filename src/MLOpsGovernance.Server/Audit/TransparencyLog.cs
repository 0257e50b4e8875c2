using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;
using MLOpsGovernance.Server.Storage;
using Npgsql;
using NpgsqlTypes;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// Turns committed events into leaves, in the order of their numbers, each once and without gaps. Whoever calls, however many at once and whenever they are killed: the one row of the log is
/// locked, its size compared, and leaves, tiles, size, root and the checkpoint to sign are committed together or not at all.
/// </summary>
internal sealed class TransparencyLog(NpgsqlDataSource source, SettledEvents settled, LogKeys keys, TimeProvider time)
{
    internal const int MostLeaves = 2048;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes in what was committed since, and signs. Answers how many leaves were added; as many as <see cref="MostLeaves"/> when there may be more.</summary>
    public async Task<int> GrowAsync(CancellationToken cancellationToken)
    {
        var upTo = await settled.UpToAsync(Patience, cancellationToken);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (tree, last) = await LockAsync(connection, cancellationToken);
        if (upTo <= last) return 0;
        var leaves = await NextAsync(connection, last, upTo, cancellationToken);
        if (leaves.Count > 0)
        {
            await StoreAsync(connection, tree.End, leaves, cancellationToken);
            var hashes = leaves.ConvertAll(leaf => TreeHash.Leaf(leaf.Bytes));
            await StoreTilesAsync(connection, tree.End, hashes, cancellationToken);
            foreach (var hash in hashes) tree.Append(hash);
            await ExecuteAsync(connection, $"insert into {LogTables.Signed} (size, root) values ($1, $2)", cancellationToken, (long)tree.End, tree.Root());
        }

        await ExecuteAsync(connection, $"update {LogTables.Log} set size = $1, root = $2, frontier = $3, last_seq = $4", cancellationToken,
            (long)tree.End, tree.Root(), tree.Hashes.ToArray(), leaves.Count == MostLeaves ? leaves[^1].Sequence : upTo);
        await transaction.CommitAsync(cancellationToken);
        Hosting.Telemetry.AuditSize.Record((long)tree.End);
        return leaves.Count;
    }

    /// <summary>Signs the newest checkpoint that was committed, if nobody has. Only what stands in the database is ever signed.</summary>
    public async Task SignAsync(CancellationToken cancellationToken)
    {
        if (keys.Signing.Count == 0) return;
        var now = time.GetUtcNow();
        await using var newest = source.CreateCommand($"select size, root from {LogTables.Signed} where size = (select max(size) from {LogTables.Signed}) and note is null");
        await using var reader = await newest.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return;
        var (size, root) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
        await reader.CloseAsync();

        var note = SignedCheckpoint.Sign(new(keys.Origin, (ulong)size, root), now, keys.Signing).Note.ToString();
        await using var sign = source.CreateCommand($"update {LogTables.Signed} set note = $3, signed_at = $4 where size = $1 and root = $2");
        foreach (var value in new object[] { size, root, note, now }) sign.Parameters.Add(new() { Value = value });
        await sign.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(CompactRange Tree, long Last)> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"insert into {LogTables.Log} (size, root, frontier, last_seq) values (0, $1, $2, 0) on conflict do nothing", cancellationToken, TreeHash.Empty(), Array.Empty<byte[]>());
        await using var command = new NpgsqlCommand($"select size, root, frontier, last_seq from {LogTables.Log} for update", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var tree = CompactRange.Restore((ulong)reader.GetInt64(0), reader.GetFieldValue<byte[][]>(2));
        return tree.Root().AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(1))
            ? (tree, reader.GetInt64(3))
            : throw new LogBrokenException($"What the log remembers of its {tree.End} leaves does not lead to its root.");
    }

    private static async Task<List<LogLeaf>> NextAsync(NpgsqlConnection connection, long last, long upTo, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select {LogLeaf.Columns} from {MartenSetup.Schema}.mt_events where seq_id > $1 and seq_id <= $2 and stream_id <> 'mt_tombstone' order by seq_id limit {MostLeaves}", connection);
        command.Parameters.Add(new() { Value = last });
        command.Parameters.Add(new() { Value = upTo });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new List<LogLeaf>();
        while (await reader.ReadAsync(cancellationToken)) leaves.Add(LogLeaf.Of(reader));
        return leaves;
    }

    private static async Task StoreAsync(NpgsqlConnection connection, ulong size, List<LogLeaf> leaves, CancellationToken cancellationToken)
    {
        foreach (var apart in leaves.Select(leaf => leaf.Apart).OfType<byte[]>())
            await ExecuteAsync(connection, $"insert into {MartenSetup.Schema}.content (digest, bytes) values ($1, $2) on conflict do nothing", cancellationToken, Digest.Sha256(apart), apart);
        await using var copy = await connection.BeginBinaryImportAsync($"copy {LogTables.Leaf} (idx, seq, event_id, hash, leaf) from stdin (format binary)", cancellationToken);
        foreach (var leaf in leaves)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync((long)size++, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(leaf.Sequence, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(leaf.Event, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(TreeHash.Leaf(leaf.Bytes), NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(leaf.Bytes, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Each tile is kept once, as wide as it is by now: a narrower one is its beginning.</summary>
    private static async Task StoreTilesAsync(NpgsqlConnection connection, ulong size, List<byte[]> hashes, CancellationToken cancellationToken)
    {
        var open = new Dictionary<(int, ulong), byte[]>();
        for (var level = 0; level < 8; level++)
        {
            var index = size >> (8 * level) >> 8;
            await using var command = new NpgsqlCommand($"select data from {LogTables.Tile} where level = $1 and n = $2", connection);
            command.Parameters.Add(new() { Value = (short)level });
            command.Parameters.Add(new() { Value = (long)index });
            if (await command.ExecuteScalarAsync(cancellationToken) is byte[] data) open[(level, index)] = data;
            else if (index == 0 && level > 0) break;
        }

        foreach (var tile in TileGrowth.Of(size, hashes, at => open[(at.Level, at.Index)]))
            await ExecuteAsync(connection, $"insert into {LogTables.Tile} (level, n, data) values ($1, $2, $3) on conflict (level, n) do update set data = excluded.data", cancellationToken,
                (short)tile.At.Level, (long)tile.At.Index, tile.Data);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The log's own rows contradict each other. Nothing is added and nothing is signed until a person has looked.</summary>
internal sealed class LogBrokenException(string message) : Exception(message);
