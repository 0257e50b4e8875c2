using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Evidence.Envelopes;

namespace MLOpsGovernance.Evidence.Verdicts;

/// <summary>Decisions whose verdict no longer counts although it has not expired: signed, with the time up to which it may be relied on.</summary>
public sealed record StatusList(DateTimeOffset IssuedAt, DateTimeOffset ValidUntil, IReadOnlyList<string> Recalled)
{
    public const string PayloadType = "application/vnd.mlops-governance.status-list+json";

    public Envelope Sign(EnvelopeSigningKey key) => Envelope.Sign(PayloadType, CanonicalJson.Of(JsonSerializer.SerializeToElement(new JsonObject
    {
        ["issuedAt"] = IssuedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["validUntil"] = ValidUntil.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["recalled"] = new JsonArray([.. Recalled.Select(static r => JsonValue.Create(r))]),
    })), key);

    /// <exception cref="EvidenceRefusedException">Malformed, signed by no trusted key, or no longer current.</exception>
    public static StatusList Open(Envelope envelope, IReadOnlyCollection<EnvelopeVerifierKey> keys, DateTimeOffset now)
    {
        envelope.VerifiedBy(keys);
        if (envelope.PayloadType != PayloadType) throw Refused($"The envelope holds {envelope.PayloadType}, no status list.");
        var list = Read(envelope.Payload);
        return now < list.ValidUntil ? list : throw Refused($"The status list was to be relied on until {list.ValidUntil.UtcDateTime:O}; fetch a newer one.");
    }

    private static StatusList Read(byte[] payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new() { AllowDuplicateProperties = false, MaxDepth = 8 });
            var root = document.RootElement;
            return new(Time(root, "issuedAt"), Time(root, "validUntil"), [.. root.GetProperty("recalled").EnumerateArray().Select(static r => r.GetString() ?? "")]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Refused("A status list has issuedAt, validUntil and recalled.", e);
        }
    }

    private static DateTimeOffset Time(JsonElement root, string name) => root.GetProperty(name).GetDateTimeOffset();

    private static EvidenceRefusedException Refused(string why, Exception? inner = null) => new(EvidenceRefusals.Verdict, why, inner);
}
