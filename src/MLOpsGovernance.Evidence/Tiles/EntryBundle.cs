using System.Buffers.Binary;

namespace MLOpsGovernance.Evidence.Tiles;

/// <summary>The entries below one tile of level 0: each with its length before it, as two bytes, the larger first.</summary>
public static class EntryBundle
{
    /// <summary>No entry is longer than this; what is longer is kept elsewhere, with its digest in the entry.</summary>
    public const int MaxEntry = ushort.MaxValue;

    /// <summary>The bundle with this number, in a log of this size.</summary>
    public static string Path(ulong index, int width) => $"tile/entries/{TileName.Of(index, width)}";

    /// <summary>The bundle that holds an entry.</summary>
    public static string PathOf(ulong entry, ulong size) => Path(entry / 256, TileCoordinate.WidthIn(size, 0, entry / 256));

    /// <param name="name">What follows <c>tile/entries/</c>.</param>
    /// <exception cref="EvidenceRefusedException">Not the name of a bundle.</exception>
    public static (ulong Index, int Width) ParseName(string name) => TileName.Parse(name);

    public static byte[] Write(IReadOnlyList<byte[]> entries)
    {
        var bundle = new byte[entries.Sum(static e => 2 + e.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)entry.Length));
            entry.CopyTo(rest[2..]);
            rest = rest[(2 + entry.Length)..];
        }

        return bundle;
    }

    /// <exception cref="EvidenceRefusedException">It does not hold exactly that many entries.</exception>
    public static IReadOnlyList<byte[]> Read(ReadOnlySpan<byte> bundle, int count)
    {
        var entries = new List<byte[]>(count);
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2 || bundle.Length - 2 < BinaryPrimitives.ReadUInt16BigEndian(bundle) || entries.Count == count)
                throw new EvidenceRefusedException(EvidenceRefusals.Tile, $"An entry bundle does not hold exactly {count} entries.");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            entries.Add(bundle.Slice(2, length).ToArray());
            bundle = bundle[(2 + length)..];
        }

        return entries.Count == count ? entries : throw new EvidenceRefusedException(EvidenceRefusals.Tile, $"An entry bundle holds {entries.Count} entries where {count} belong.");
    }
}
