using System.Globalization;
using System.Text.Json.Nodes;
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
        var envelope = new JsonObject
        {
            ["v"] = 1,
            ["id"] = id.ToString(),
            ["stream"] = stream,
            ["version"] = version,
            ["type"] = type,
            ["time"] = time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture),
            ["actor"] = actor,
            ["data"] = JsonNode.Parse(data),
        };
        var bytes = Canonical(envelope);
        if (bytes.Length <= EntryBundle.MaxEntry) return new(id, sequence, bytes, null);

        var apart = CanonicalJson.Of(System.Text.Encoding.UTF8.GetBytes(data).AsMemory());
        envelope.Remove("data");
        envelope["dataDigest"] = Digest.Sha256(apart);
        envelope["dataSize"] = apart.Length;
        return new(id, sequence, Canonical(envelope), apart);
    }

    private static byte[] Canonical(JsonObject json) => CanonicalJson.Of(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()).AsMemory());
}
