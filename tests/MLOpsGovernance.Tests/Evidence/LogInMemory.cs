using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Tests.Evidence;

/// <summary>A log of leaves that are their own number, with its tiles and every root it ever had.</summary>
internal sealed class LogInMemory
{
    private readonly Dictionary<TileCoordinate, byte[]> _tiles = [];
    private readonly List<byte[]> _leaves = [], _roots = [TreeHash.Empty()];

    public int Count => _leaves.Count;

    public static LogInMemory Of(int count)
    {
        var log = new LogInMemory();
        var tree = CompactRange.From(0);
        for (var i = 0; i < count; i++)
        {
            log._leaves.Add(TreeHash.Leaf(BitConverter.GetBytes(i)));
            tree.Append(log._leaves[i]);
            log._roots.Add(tree.Root());
        }

        foreach (var tile in TileGrowth.Of(0, log._leaves, static _ => throw new InvalidOperationException("An empty log has no tiles."))) log._tiles.Add(tile.At, tile.Data);
        return log;
    }

    public byte[] Leaf(ulong index) => _leaves[(int)index];

    public byte[] Root(int size) => _roots[size];

    /// <summary>Nodes of the log as it was, from the tiles that it has now, cut to the width that they had.</summary>
    public Func<TreeNode, byte[]> NodeFromTiles(int size) => node =>
    {
        var at = TileCoordinate.Holding(node, (ulong)size);
        var now = at with { Width = TileCoordinate.WidthIn((ulong)Count, at.Level, at.Index) };
        return TileCoordinate.NodeIn(_tiles[now].AsSpan(0, at.Width * TreeHash.Length), node);
    };
}
