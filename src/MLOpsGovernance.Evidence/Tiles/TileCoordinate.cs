using System.Runtime.InteropServices;
using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Evidence.Tiles;

/// <summary>
/// A tile of a log: at level 0 the hashes of up to 256 leaves, above it the roots of full tiles of the level below. <see cref="Width"/> is 256 for a full
/// tile. Names are those of C2SP tlog-tiles: <c>tile/0/x001/x234/067.p/8</c>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TileCoordinate(int Level, ulong Index, int Width)
{
    public const int Full = 256, MaxLevel = 63;

    public string Path => $"tile/{Level}/{TileName.Of(Index, Width)}";

    /// <summary>How wide the tile is in a log of this size; 0 where it does not exist.</summary>
    public static int WidthIn(ulong size, int level, ulong index)
    {
        var hashes = 8 * level > 63 ? 0 : size >> (8 * level);
        if (index >= hashes / Full + 1) return 0;
        return (int)ulong.Min(Full, hashes - index * Full);
    }

    /// <summary>The tile that holds the hashes from which a node is made, in a log of this size.</summary>
    public static TileCoordinate Holding(TreeNode node, ulong size)
    {
        var level = node.Height / 8;
        var index = node.Index << (node.Height % 8) >> 8;
        return new(level, index, WidthIn(size, level, index));
    }

    /// <summary>A node from the tile that <see cref="Holding"/> names.</summary>
    /// <exception cref="EvidenceRefusedException">The tile is too short for that.</exception>
    public static byte[] NodeIn(ReadOnlySpan<byte> tile, TreeNode node)
    {
        var (rise, offset) = (node.Height % 8, (int)(node.Index << (node.Height % 8) & 255));
        if (tile.Length < (offset + (1 << rise)) * TreeHash.Length) throw new EvidenceRefusedException(EvidenceRefusals.Tile, "A tile is shorter than the log's size says.");
        var range = CompactRange.From(0);
        for (var i = 0; i < 1 << rise; i++) range.Append(tile.Slice((offset + i) * TreeHash.Length, TreeHash.Length).ToArray());
        return range.Root();
    }

    /// <param name="level">The part between the slashes, such as <c>0</c>.</param>
    /// <param name="name">What follows it, such as <c>x001/x234/067.p/8</c>.</param>
    /// <exception cref="EvidenceRefusedException">Not the name of a tile.</exception>
    public static TileCoordinate Parse(string level, string name)
    {
        if (StrictText.Decimal(level) is not { } number || number > MaxLevel)
            throw new EvidenceRefusedException(EvidenceRefusals.Tile, "The level of a tile is a number from 0 to 63.");
        var (index, width) = TileName.Parse(name);
        return new((int)number, index, width);
    }
}
