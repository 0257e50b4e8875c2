using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Manifests;
using MLOpsGovernance.Evidence.Descriptors;

namespace MLOpsGovernance.Cli.Models;

/// <summary>What a manifest says of a version without a file: the body that is sent, and the digest that it has.</summary>
internal sealed record DescriptorEntry(JsonObject Body)
{
    private static readonly string[] EvidenceKeys = ["kind", "digest"];

    public string Digest { get; } = DescriptorDigest.Of(JsonSerializer.SerializeToUtf8Bytes(Body));

    public static DescriptorEntry Read(ManifestMap map)
    {
        var body = new JsonObject { ["supplier"] = map.Text("supplier"), ["product"] = map.Text("product") };
        foreach (var key in (string[])["productVersion", "endpoint", "contract"])
            if (map.OptionalText(key) is { } text) body[key] = text;
        foreach (var key in (string[])["configurationDigests", "promptDigests"])
            if (map.Texts(key) is { } digests) body[key] = new JsonArray([.. digests.Select(d => JsonValue.Create(d))]);
        if (map.Each("supplierEvidence", EvidenceKeys, e => (JsonNode)new JsonObject { ["kind"] = e.Text("kind"), ["digest"] = e.Digest("digest") }) is { } evidence)
            body["supplierEvidence"] = new JsonArray([.. evidence]);
        return new(body);
    }
}
