using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Evidence.Envelopes;

/// <summary>
/// A payload with its signatures, DSSE 1.0.2. The signature covers the type and the exact bytes; whoever has verified it uses <see cref="Payload"/> and reads
/// the envelope no second time.
/// </summary>
public sealed record Envelope(string PayloadType, byte[] Payload, IReadOnlyList<EnvelopeSignature> Signatures)
{
    /// <summary>What is signed.</summary>
    public static byte[] PreAuthentication(string payloadType, ReadOnlySpan<byte> payload)
    {
        var type = Encoding.UTF8.GetBytes(payloadType);
        return [.. Encoding.ASCII.GetBytes($"DSSEv1 {type.Length} "), .. type, .. Encoding.ASCII.GetBytes($" {payload.Length} "), .. payload];
    }

    public static Envelope Sign(string payloadType, byte[] payload, params IEnumerable<EnvelopeSigningKey> keys)
    {
        var message = PreAuthentication(payloadType, payload);
        return new(payloadType, payload, [.. keys.Select(key => new EnvelopeSignature(key.Verifier.Id, key.Sign(message)))]);
    }

    /// <exception cref="EvidenceRefusedException">Malformed. Members that are not known are passed over.</exception>
    public static Envelope Parse(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new() { AllowDuplicateProperties = false, MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("signatures", out var signatures) || signatures.ValueKind != JsonValueKind.Array)
                throw Refused("An envelope has payload, payloadType and signatures.");
            if (signatures.GetArrayLength() > 100) throw Refused("An envelope has at most 100 signatures.");
            return new(Text(root, "payloadType"), Bytes(root, "payload"), [.. signatures.EnumerateArray().Select(static s => new EnvelopeSignature(KeyId(s), Bytes(s, "sig")))]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Refused("An envelope is a JSON object with payload, payloadType and signatures.", e);
        }
    }

    /// <summary>Checks that enough of the trusted keys signed. A key counts once, however often it signed; the ids in the envelope count for nothing.</summary>
    /// <exception cref="EvidenceRefusedException">Too few did.</exception>
    public IReadOnlyList<EnvelopeVerifierKey> VerifiedBy(IReadOnlyCollection<EnvelopeVerifierKey> trusted, int threshold = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        var message = PreAuthentication(PayloadType, Payload);
        var signers = trusted.Distinct().Where(key => Signatures.Any(s => key.Verifies(message, s.Signature))).ToList();
        return signers.Count >= threshold
            ? signers
            : throw new EvidenceRefusedException(EvidenceRefusals.Signature, signers.Count == 0 ? "No trusted key signed this." : $"{signers.Count} trusted keys signed this; {threshold} are needed.");
    }

    public JsonObject ToJson() => new()
    {
        ["payload"] = Convert.ToBase64String(Payload),
        ["payloadType"] = PayloadType,
        ["signatures"] = new JsonArray([.. Signatures.Select(static s => new JsonObject { ["keyid"] = s.KeyId, ["sig"] = Convert.ToBase64String(s.Signature) })]),
    };

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Refused($"An envelope has a text '{name}'.");

    private static string? KeyId(JsonElement signature) =>
        signature.ValueKind == JsonValueKind.Object && signature.TryGetProperty("keyid", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } text ? text : null;

    private static byte[] Bytes(JsonElement element, string name)
    {
        var text = Text(element, name).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return StrictText.Base64(text.PadRight((text.Length + 3) / 4 * 4, '=')) ?? throw Refused($"The '{name}' of an envelope is base64.");
    }

    private static EvidenceRefusedException Refused(string why, Exception? inner = null) => new(EvidenceRefusals.Envelope, why, inner);
}

/// <param name="KeyId">A hint that nobody vouches for.</param>
public sealed record EnvelopeSignature(string? KeyId, byte[] Signature);
