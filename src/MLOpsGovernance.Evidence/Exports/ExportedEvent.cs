using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Notes;
using MLOpsGovernance.Evidence.Receipts;

namespace MLOpsGovernance.Evidence.Exports;

/// <summary>
/// An event as it is handed out: for people with its texts opened, and beside that the entry of the log with its receipt. Only the entry is proved; what is shown must be the same but for the texts,
/// which the entry holds sealed.
/// </summary>
/// <param name="Shown">The event for people.</param>
/// <param name="Leaf">The entry, word for word.</param>
/// <param name="Apart">The event's data where the entry only names its digest.</param>
public sealed record ExportedEvent(JsonObject Shown, byte[] Leaf, Receipt Receipt, byte[]? Apart = null)
{
    private static readonly string[] Same = ["id", "stream", "type", "actor"];

    public string Id => Shown["id"]?.GetValue<string>() ?? "";

    /// <summary>As one line, without its end.</summary>
    public string ToLine() => Line(Shown, Leaf, Receipt, Apart).ToJsonString(Relaxed);

    /// <exception cref="EvidenceRefusedException">Malformed.</exception>
    public static ExportedEvent Parse(string line)
    {
        try
        {
            var json = JsonNode.Parse(line)!.AsObject();
            return new(
                json["event"]!.AsObject(), Convert.FromBase64String(json["leaf"]!.GetValue<string>()), Receipt.Parse(json["receipt"]!.GetValue<string>()),
                json["apart"] is { } apart ? Convert.FromBase64String(apart.GetValue<string>()) : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new EvidenceRefusedException(EvidenceRefusals.Receipt, "An exported line is JSON with event, leaf and receipt.", e);
        }
    }

    /// <summary>Checks that the log holds the entry, and that what is shown is what the entry says.</summary>
    /// <exception cref="EvidenceRefusedException">It does not, or is not.</exception>
    public SignedCheckpoint Verify(IReadOnlyCollection<VerifierKey> keys)
    {
        var signed = Receipt.Verify(Leaf, keys);
        try
        {
            var entry = JsonNode.Parse(Leaf)!.AsObject();
            foreach (var field in Same)
                if (Text(Shown, field) != Text(entry, field)) throw Differs(field);
            if (Shown["version"]?.GetValue<long>() != entry["version"]?.GetValue<long>()) throw Differs("version");
            if (Time(Shown, "at") != Time(entry, "time")) throw Differs("at");
            if (!Canonical(Sealed(Shown["data"]?.DeepClone(), Data(entry))).AsSpan().SequenceEqual(Canonical(Data(entry)))) throw Differs("data");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"Entry {Receipt.Index} is no event of this service.", e);
        }

        return signed;
    }

    /// <summary>The event's data as the log holds it, texts sealed.</summary>
    public JsonNode? Data(JsonObject entry)
    {
        if (entry["dataDigest"] is not { } digest) return entry["data"];
        if (Apart is null) throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"The data of entry {Receipt.Index} lies apart and is missing.");
        return Digest.Sha256(Apart) == digest.GetValue<string>() ? JsonNode.Parse(Apart) : throw new EvidenceRefusedException(EvidenceRefusals.Statement, $"The data of entry {Receipt.Index} is not that whose digest the log holds.");
    }

    /// <summary>Whether this stands for a text that can only be read with a key.</summary>
    public static bool IsSealed(JsonNode? node) => node is JsonObject { Count: 3 } o && o.ContainsKey("keyId") && o.ContainsKey("nonce") && o.ContainsKey("cipher");

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonObject Line(JsonObject shown, byte[] leaf, Receipt receipt, byte[]? apart)
    {
        var line = new JsonObject { ["event"] = shown.DeepClone(), ["leaf"] = Convert.ToBase64String(leaf), ["receipt"] = receipt.ToString() };
        if (apart is not null) line["apart"] = Convert.ToBase64String(apart);
        return line;
    }

    /// <summary>What is shown, with every text put back as it is sealed. A text that is not there any more is shown as null, or as what tells so.</summary>
    private static JsonNode? Sealed(JsonNode? shown, JsonNode? logged)
    {
        if (IsSealed(logged)) return shown is null or JsonValue ? logged!.DeepClone() : shown;
        switch (shown, logged)
        {
            case (JsonObject a, JsonObject b):
                foreach (var (name, value) in b)
                {
                    if (!a.ContainsKey(name) && !IsSealed(value)) continue;
                    var now = a[name];
                    a.Remove(name);
                    a[name] = Sealed(now, value);
                }

                return a;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                {
                    var now = a[i];
                    a[i] = null;
                    a[i] = Sealed(now, b[i]);
                }

                return a;
            default:
                return shown;
        }
    }

    private static byte[] Canonical(JsonNode? node) => CanonicalJson.Of(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null").AsMemory());

    private static string? Text(JsonObject json, string field) => json[field]?.GetValue<string>();

    private static DateTimeOffset? Time(JsonObject json, string field) => Text(json, field) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private EvidenceRefusedException Differs(string field) => new(EvidenceRefusals.Statement, $"What is shown of event {Id} is not what the log holds: its {field} differs.");
}
