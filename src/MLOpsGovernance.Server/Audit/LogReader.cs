using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <summary>A checkpoint with its signatures.</summary>
internal sealed record PublishedCheckpoint(Checkpoint Checkpoint, string Note, DateTimeOffset SignedAt);

/// <summary>Reads the log as far as it is signed.</summary>
internal sealed class LogReader(NpgsqlDataSource source)
{
    /// <summary>The newest signed checkpoint; null before the first event was taken in.</summary>
    public async Task<PublishedCheckpoint?> NewestAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select note, signed_at from {LogTables.Signed} where note is not null order by size desc limit 1");
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<PublishedCheckpoint?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var note = reader.GetString(0);
        return new(Checkpoint.Parse(SignedNote.Parse(note).Text), note, reader.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>An earlier signed checkpoint; null where none of this size was signed.</summary>
    public async Task<PublishedCheckpoint?> OfSizeAsync(long size, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select note, signed_at from {LogTables.Signed} where note is not null and size = $1");
        command.Parameters.Add(new() { Value = size });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The beginning of a tile; null where the log does not reach that far.</summary>
    public async Task<byte[]?> TileAsync(TileCoordinate at, ulong size, CancellationToken cancellationToken)
    {
        if (at.Width > TileCoordinate.WidthIn(size, at.Level, at.Index)) return null;
        await using var command = source.CreateCommand($"select substring(data for {at.Width * TreeHash.Length}) from {LogTables.Tile} where level = $1 and n = $2");
        command.Parameters.Add(new() { Value = (short)at.Level });
        command.Parameters.Add(new() { Value = (long)at.Index });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    public async Task<byte[]?> BundleAsync(ulong index, int width, ulong size, CancellationToken cancellationToken)
    {
        if (width > TileCoordinate.WidthIn(size, 0, index)) return null;
        await using var command = source.CreateCommand($"select leaf from {LogTables.Leaf} where idx >= $1 and idx < $2 order by idx");
        command.Parameters.Add(new() { Value = (long)index * TileCoordinate.Full });
        command.Parameters.Add(new() { Value = (long)index * TileCoordinate.Full + width });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new List<byte[]>(width);
        while (await reader.ReadAsync(cancellationToken)) leaves.Add(reader.GetFieldValue<byte[]>(0));
        return EntryBundle.Write(leaves);
    }

    /// <summary>Where an event stands in the log, and its leaf; null while it is not taken in.</summary>
    public async Task<(ulong Index, byte[] Leaf)?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select idx, leaf from {LogTables.Leaf} where event_id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ((ulong)reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>The number of the last event in a log of this size.</summary>
    public async Task<long> SequenceAsync(ulong size, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select seq from {LogTables.Leaf} where idx = $1");
        command.Parameters.Add(new() { Value = (long)size - 1 });
        return await command.ExecuteScalarAsync(cancellationToken) is long sequence ? sequence : 0;
    }

    /// <summary>Where events stand in the log, with their leaves, by their numbers.</summary>
    public async Task<Dictionary<long, (ulong Index, byte[] Leaf)>> LeavesAsync(long[] sequences, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select seq, idx, leaf from {LogTables.Leaf} where seq = any($1)");
        command.Parameters.Add(new() { Value = sequences });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new Dictionary<long, (ulong, byte[])>();
        while (await reader.ReadAsync(cancellationToken)) leaves[reader.GetInt64(0)] = ((ulong)reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        return leaves;
    }

    /// <summary>What a leaf only names by its digest.</summary>
    public async Task<byte[]?> ApartAsync(string digest, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select bytes from {Storage.MartenSetup.Schema}.content where digest = $1");
        command.Parameters.Add(new() { Value = digest });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>The proof that a tree of this size holds the leaf, from tiles alone.</summary>
    /// <param name="tiles">Those of a tree of this size that are known already; what is read is added.</param>
    public async Task<byte[][]> ProveAsync(ulong index, ulong size, Dictionary<TileCoordinate, byte[]> tiles, CancellationToken cancellationToken)
    {
        return TreeProof.Inclusion(index, size, await TilesAsync(TreeProof.InclusionRanges(index, size), size, tiles, cancellationToken));
    }

    /// <summary>The proof that a tree of the newer size continues the one of the older; empty from nothing and from itself.</summary>
    public async Task<byte[][]> ExtendAsync(ulong older, ulong newer, CancellationToken cancellationToken) =>
        older == 0 || older == newer ? [] : TreeProof.Consistency(older, newer, await TilesAsync(TreeProof.ConsistencyRanges(older, newer), newer, [], cancellationToken));

    /// <summary>The root that the log had when it was of this size; null where it is not that long.</summary>
    public async Task<byte[]?> RootAsync(ulong size, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select size from {LogTables.Log}");
        if (size == 0) return TreeHash.Empty();
        return await command.ExecuteScalarAsync(cancellationToken) is long now && (ulong)now >= size
            ? TreeProof.Root(size, await TilesAsync([new TreeRange(0, size)], size, [], cancellationToken))
            : null;
    }

    private async Task<Func<TreeNode, byte[]>> TilesAsync(IEnumerable<TreeRange> ranges, ulong size, Dictionary<TileCoordinate, byte[]> tiles, CancellationToken cancellationToken)
    {
        foreach (var at in ranges.SelectMany(range => range.Nodes()).Select(node => TileCoordinate.Holding(node, size)).Distinct().Where(at => !tiles.ContainsKey(at)))
            tiles[at] = await TileAsync(at, size, cancellationToken) ?? throw new LogBrokenException($"The log lacks its tile {at.Path}.");
        return node => TileCoordinate.NodeIn(tiles[TileCoordinate.Holding(node, size)], node);
    }
}
