using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Tiles;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <summary>
/// An event as an entry of the log: canonical JSON of what stands in the event's row. Data that would make it too long is named by digest and size, and kept by that digest.
/// </summary>
internal sealed record LogLeaf(Guid Event, long Sequence, byte[] Bytes, byte[]? Apart)
{
    /// <summary>What the rows are read with; events that Marten only fills gaps with are nobody's.</summary>
    public const string Columns = "id, seq_id, stream_id, version, type, timestamp, headers ->> 'actor', data::text";

    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static LogLeaf Of(NpgsqlDataReader row) => Of(
        row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? "" : row.GetString(6), row.GetString(7));

    internal static LogLeaf Of(Guid id, long sequence, string stream, long version, string type, DateTimeOffset time, string actor, string data)
    {
        var canonical = CanonicalJson.Of(Encoding.UTF8.GetBytes(data).AsMemory());
        var bytes = Entry(actor, canonical, null, id, stream, time, type, version);
        return bytes.Length <= EntryBundle.MaxEntry ? new(id, sequence, bytes, null) : new(id, sequence, Entry(actor, canonical, Digest.Sha256(canonical), id, stream, time, type, version), canonical);
    }

    /// <summary>The members in their canonical order, so that the data, which is nearly all of an entry, is put in order once.</summary>
    /// <param name="digest">Stands with the data's size in place of the data; null where the data itself does.</param>
    private static byte[] Entry(string actor, byte[] data, string? digest, Guid id, string stream, DateTimeOffset time, string type, long version)
    {
        var to = new ArrayBufferWriter<byte>(data.Length + 512);
        to.Write("{\"actor\":"u8);
        CanonicalJson.WriteText(actor, to);
        if (digest is null)
        {
            to.Write(",\"data\":"u8);
            to.Write(data);
        }
        else
        {
            Text(",\"dataDigest\":"u8, digest, to);
            Whole(",\"dataSize\":"u8, data.Length, to);
        }

        Text(",\"id\":"u8, id.ToString(), to);
        Text(",\"stream\":"u8, stream, to);
        Text(",\"time\":"u8, time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture), to);
        Text(",\"type\":"u8, type, to);
        Whole(",\"v\":"u8, 1, to);
        Whole(",\"version\":"u8, version, to);
        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }

    private static void Text(ReadOnlySpan<byte> name, string value, ArrayBufferWriter<byte> to)
    {
        to.Write(name);
        CanonicalJson.WriteText(value, to);
    }

    private static void Whole(ReadOnlySpan<byte> name, long value, ArrayBufferWriter<byte> to)
    {
        to.Write(name);
        if (Utf8Formatter.TryFormat(value, to.GetSpan(20), out var length)) to.Advance(length);
    }
}
