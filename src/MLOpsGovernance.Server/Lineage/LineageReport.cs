using System.IO.Compression;
using System.Text.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Hosting;
using static MLOpsGovernance.Evidence.Digest;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>An event that can be taken: the stream it belongs to, what is recorded of it, and its body as it is kept.</summary>
/// <param name="Packed">The body without secrets, compressed.</param>
/// <param name="Warnings">As JSON; null where there are none.</param>
internal sealed record LineageReport(string Stream, Type State, string Digest, IReadOnlyList<LineageReported> Events, byte[] Packed, string Producer, string? Warnings)
{
    private const int MostText = 1000;

    public static (LineageReport? Report, LineageReading Reading) Read(JsonElement sent, string path, Actor actor, DateTimeOffset at)
    {
        var bytes = Redacted(sent, path);
        // Not given back: what was understood refers to it.
        var reading = OpenLineageReader.Read(JsonDocument.Parse(bytes, new() { MaxDepth = 512 }).RootElement, path);
        if (reading.Event is not { } e) return (null, reading);

        var digest = Sha256(bytes.Span);
        var (stream, state) = e switch
        {
            { Run: { } run } => ($"run:{run}", typeof(RunLineage)),
            { Job: { } job } => ($"job:{LineageNode.HashOf(job)}", typeof(LineageReported)),
            _ => ($"dataset-lineage:{LineageNode.HashOf(e.Dataset!.Name)}", typeof(LineageReported)),
        };
        var warnings = reading.Warnings.Count == 0 ? null : JsonSerializer.Serialize(reading.Warnings.Take(100).Select(w => w with { Path = Storable(w.Path) }), Json.Lenient);
        return (new(stream, state, digest, LineageReports.Of(reading, digest, actor, at), Pack(bytes.Span), Storable(e.Producer), warnings), reading);
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var stream = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress)) stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    /// <summary>PostgreSQL has no text with NUL; the body itself is kept to the byte.</summary>
    private static string Storable(string text) => (text.Length <= MostText ? text : text[..(char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText)]).Replace('\0', '?');

    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(bytes);
        return packed.ToArray();
    }

    private static ReadOnlyMemory<byte> Redacted(JsonElement sent, string path)
    {
        try
        {
            return SecretRedaction.Write(sent);
        }
        catch (InvalidOperationException)
        {
            throw new BadRequestException(400, "malformed-json", $"{path}: some text in it is not Unicode; text is whole characters in UTF-8, without halves of surrogate pairs.");
        }
    }
}
