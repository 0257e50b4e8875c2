using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Evidence.Tiles;

/// <summary>A tile and its hashes.</summary>
public sealed record Tile(TileCoordinate At, byte[] Data);

/// <summary>What a log that grows must write: every tile that became full, and for the new size the partial tile of each level that changed.</summary>
public static class TileGrowth
{
    /// <param name="partial">The hashes of a partial tile of the log as it was; asked for only where there is one, at most once for each level.</param>
    public static IReadOnlyList<Tile> Of(ulong size, IReadOnlyList<byte[]> leafHashes, Func<TileCoordinate, byte[]> partial)
    {
        var tiles = new List<Tile>();
        var added = leafHashes;
        for (var level = 0; added.Count > 0; level++)
        {
            var before = 8 * level > 63 ? 0 : size >> (8 * level);
            var (index, width) = (before / 256, (int)(before % 256));
            var current = new List<byte[]>(256);
            if (width > 0) current.AddRange(partial(new(level, index, width)).Chunk(TreeHash.Length));
            var roots = new List<byte[]>();
            foreach (var hash in added)
            {
                current.Add(hash);
                if (current.Count < TileCoordinate.Full) continue;
                tiles.Add(new(new(level, index++, TileCoordinate.Full), Concat(current)));
                roots.Add(Root(current));
                current.Clear();
            }

            if (current.Count > 0) tiles.Add(new(new(level, index, current.Count), Concat(current)));
            added = roots;
        }

        return tiles;
    }

    private static byte[] Root(List<byte[]> hashes)
    {
        var range = CompactRange.From(0);
        foreach (var hash in hashes) range.Append(hash);
        return range.Root();
    }

    private static byte[] Concat(List<byte[]> hashes)
    {
        var data = new byte[hashes.Count * TreeHash.Length];
        for (var i = 0; i < hashes.Count; i++) hashes[i].CopyTo(data, i * TreeHash.Length);
        return data;
    }
}
