using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Evidence.Descriptors;

/// <summary>
/// The digest of a model that nobody here has the file of: SHA-256 of the canonical JSON (RFC 8785) of its descriptor. A member that is null counts as absent;
/// nothing else is changed, so a list keeps its order and a text its spelling.
/// </summary>
public static class DescriptorDigest
{
    /// <summary>The members that a descriptor may have.</summary>
    public static IReadOnlyList<string> Members { get; } =
        ["supplier", "product", "productVersion", "endpoint", "contract", "configurationDigests", "promptDigests", "supplierEvidence"];

    /// <exception cref="JsonException">It is no object, or holds what canonical JSON excludes.</exception>
    public static string Of(ReadOnlyMemory<byte> utf8Json)
    {
        using var document = JsonDocument.Parse(utf8Json, new() { AllowDuplicateProperties = false });
        if (document.RootElement.ValueKind is not JsonValueKind.Object) throw new JsonException("A descriptor is a JSON object.");
        var descriptor = JsonObject.Create(document.RootElement)!;
        foreach (var absent in descriptor.Where(m => m.Value is null).Select(m => m.Key).ToList()) descriptor.Remove(absent);
        return Digest.Sha256(CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(descriptor)));
    }
}
