using System.Text.Json;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Tiles;
using MLOpsGovernance.Evidence.Tree;

namespace MLOpsGovernance.Evidence.Mirrors;

/// <summary>What a mirrored log turned out to be.</summary>
/// <param name="Streams">How many histories the entries belong to; each was read from its first event on without a gap.</param>
/// <param name="Continues">The size of the earlier checkpoint that this log was seen to continue.</param>
public sealed record MirrorReport(SignedCheckpoint Head, int Streams, ulong? Continues);

/// <summary>A log as it lies in a folder or below an address. Whoever checks it trusts nothing but the key: every entry is hashed again and the root is worked out from them.</summary>
public static class MirroredLog
{
    /// <summary>The path of the checkpoint; all others are those of tiles and bundles.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>What a copy of a log of this size consists of, besides its checkpoint.</summary>
    public static IEnumerable<string> Paths(ulong size)
    {
        for (var index = 0UL; TileCoordinate.WidthIn(size, 0, index) is > 0 and var width; index++) yield return EntryBundle.Path(index, width);
        for (var level = 0; level < 8; level++)
            for (var index = 0UL; TileCoordinate.WidthIn(size, level, index) is > 0 and var width; index++) yield return new TileCoordinate(level, index, width).Path;
    }

    /// <param name="read">The bytes at a path; null where there is nothing.</param>
    /// <param name="known">A checkpoint seen earlier, which the log must continue.</param>
    /// <exception cref="EvidenceRefusedException">The log does not hold; the message names the first place where it does not.</exception>
    public static async Task<MirrorReport> VerifyAsync(Func<string, CancellationToken, Task<byte[]?>> read, IReadOnlyCollection<VerifierKey> keys, Checkpoint? known, CancellationToken cancellationToken)
    {
        var signed = await HeadAsync(read, keys, cancellationToken);
        var size = signed.Checkpoint.Size;
        if (known is not null && known.Origin != signed.Checkpoint.Origin) throw new EvidenceRefusedException(EvidenceRefusals.Checkpoint, $"The earlier checkpoint is of the log '{known.Origin}'.");
        if (known?.Size > size) throw new EvidenceRefusedException(EvidenceRefusals.Proof, $"The log had {known.Size} entries when it was last seen and has {size} now: its end is missing.");

        var tree = CompactRange.From(0);
        var streams = new Dictionary<string, long>(StringComparer.Ordinal);
        var knownRoot = known is { Size: 0 } ? TreeHash.Empty() : null;
        for (var index = 0UL; TileCoordinate.WidthIn(size, 0, index) is > 0 and var width; index++)
        {
            var tile = await PrefixAsync(read, new TileCoordinate(0, index, width).Path, new TileCoordinate(0, index, TileCoordinate.Full).Path, cancellationToken);
            foreach (var entry in await EntriesAsync(read, index, width, cancellationToken))
            {
                var (at, hash) = (tree.End, TreeHash.Leaf(entry));
                var offset = (int)(at % TileCoordinate.Full) * TreeHash.Length;
                if (tile.Length < offset + TreeHash.Length || !tile.AsSpan(offset, TreeHash.Length).SequenceEqual(hash))
                    throw new EvidenceRefusedException(EvidenceRefusals.Tile, $"Entry {at} ({Named(entry)}) is not the one whose hash the log holds.");
                Follow(streams, entry, at);
                tree.Append(hash);
                if (tree.End == known?.Size) knownRoot = tree.Root();
            }
        }

        if (!tree.Root().AsSpan().SequenceEqual(signed.Checkpoint.Root)) throw new EvidenceRefusedException(EvidenceRefusals.Proof, $"The {size} entries do not lead to the root that was signed.");
        if (known is not null && !known.Root.AsSpan().SequenceEqual(knownRoot))
            throw new EvidenceRefusedException(EvidenceRefusals.Proof, $"The first {known.Size} entries are not those that were seen earlier: the log was made anew.");
        return new(signed, streams.Count, known?.Size);
    }

    /// <summary>The checkpoint, with its signatures checked.</summary>
    /// <exception cref="EvidenceRefusedException">There is none, or none of the keys signed it.</exception>
    public static async Task<SignedCheckpoint> HeadAsync(Func<string, CancellationToken, Task<byte[]?>> read, IReadOnlyCollection<VerifierKey> keys, CancellationToken cancellationToken)
    {
        var note = await read(Checkpoint, cancellationToken) ?? throw new EvidenceRefusedException(EvidenceRefusals.Checkpoint, "There is no checkpoint.");
        return SignedCheckpoint.Open(StrictText.Utf8Text(note) ?? throw new EvidenceRefusedException(EvidenceRefusals.Note, "A note is UTF-8."), keys);
    }

    /// <summary>The receipt of an entry, from the mirror alone.</summary>
    /// <exception cref="EvidenceRefusedException">A tile that it takes is absent.</exception>
    public static async Task<byte[][]> ProveAsync(Func<string, CancellationToken, Task<byte[]?>> read, ulong index, ulong size, CancellationToken cancellationToken)
    {
        var tiles = new Dictionary<TileCoordinate, byte[]>();
        foreach (var at in TreeProof.InclusionRanges(index, size).SelectMany(static range => range.Nodes()).Select(node => TileCoordinate.Holding(node, size)).Distinct())
            tiles[at] = await PrefixAsync(read, at.Path, (at with { Width = TileCoordinate.Full }).Path, cancellationToken);
        return TreeProof.Inclusion(index, size, node => TileCoordinate.NodeIn(tiles[TileCoordinate.Holding(node, size)], node));
    }

    /// <summary>The entries of one bundle.</summary>
    /// <exception cref="EvidenceRefusedException">It is absent or malformed.</exception>
    public static async Task<IReadOnlyList<byte[]>> EntriesAsync(Func<string, CancellationToken, Task<byte[]?>> read, ulong index, int width, CancellationToken cancellationToken) =>
        await read(EntryBundle.Path(index, width), cancellationToken) is { } exact ? EntryBundle.Read(exact, width)
        : await read(EntryBundle.Path(index, TileCoordinate.Full), cancellationToken) is { } full ? [.. EntryBundle.Read(full, TileCoordinate.Full).Take(width)]
        : throw new EvidenceRefusedException(EvidenceRefusals.Tile, $"{EntryBundle.Path(index, width)} is missing.");

    /// <summary>A narrower tile may be gone once the full one is there, of which it is the beginning.</summary>
    private static async Task<byte[]> PrefixAsync(Func<string, CancellationToken, Task<byte[]?>> read, string path, string full, CancellationToken cancellationToken) =>
        await read(path, cancellationToken) ?? await read(full, cancellationToken) ?? throw new EvidenceRefusedException(EvidenceRefusals.Tile, $"{path} is missing.");

    private static void Follow(Dictionary<string, long> streams, byte[] entry, ulong at)
    {
        var (stream, version) = Place(entry) ?? throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"Entry {at} is no event: it has no stream and version.");
        var next = streams.GetValueOrDefault(stream) + 1;
        if (version != next) throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"Entry {at} is event {version} of {stream}, where event {next} belongs.");
        streams[stream] = version;
    }

    private static (string Stream, long Version)? Place(byte[] entry)
    {
        try
        {
            using var document = JsonDocument.Parse(entry);
            return (document.RootElement.GetProperty("stream").GetString()!, document.RootElement.GetProperty("version").GetInt64());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static string Named(byte[] entry) => Place(entry) is var (stream, version) ? $"event {version} of {stream}" : "no event";
}
