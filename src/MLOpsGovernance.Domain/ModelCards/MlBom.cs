using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Domain.ModelCards;

/// <summary>
/// The bill of materials of a model version in CycloneDX 1.6. It follows from what is recorded of the version and of its data alone, so it is the same to the byte until one of those changes, and can be digested.
/// </summary>
public static class MlBom
{
    public static JsonObject Of(CardSubject subject) => new()
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["serialNumber"] = $"urn:uuid:{SerialOf(subject)}",
        ["version"] = 1,
        ["metadata"] = new JsonObject { ["timestamp"] = CardSubject.Instant(subject.Version.RegisteredAt), ["component"] = Model(subject) },
        ["components"] = Array(subject.Datasets.Select(Dataset)),
        ["dependencies"] = Array(subject.Datasets.Select(Dependency).Prepend(Dependency(subject.Ref, subject.Datasets.Where(d => d.Trained).Select(d => d.Ref)))),
    };

    private static JsonObject Model(CardSubject subject)
    {
        var (model, version) = (subject.Model, subject.Version);
        var component = new JsonObject { ["type"] = "machine-learning-model", ["bom-ref"] = subject.Ref, ["name"] = subject.Name, ["version"] = subject.Number };
        if (model.Team.Length > 0) component["publisher"] = model.Team;
        if (subject.Purpose is { } purpose) component["description"] = purpose;
        if (version.Descriptor is { } descriptor) component["supplier"] = new JsonObject { ["name"] = descriptor.Supplier };
        component["hashes"] = Hashes(version.ArtifactDigest);
        if (Earlier(subject) is { } before)
            component["pedigree"] = new JsonObject { ["ancestors"] = new JsonArray(new JsonObject { ["type"] = "machine-learning-model", ["name"] = subject.Name, ["version"] = before.Number.ToString(CultureInfo.InvariantCulture), ["hashes"] = Hashes(before.ArtifactDigest) }) };
        component["modelCard"] = Card(subject);
        component["properties"] = Properties(
            ("euAiAct", model.ConfirmedRisk?.EuAiAct), ("riskTier", model.ConfirmedRisk?.Tier.ToString(CultureInfo.InvariantCulture)), ("origin", model.Origin), ("framework", version.Framework), ("commit", version.Commit),
            ("run", version.Run), ("environmentDigest", version.EnvironmentDigest), ("imageDigest", version.ImageDigest), ("product", version.Descriptor?.Product), ("productVersion", version.Descriptor?.ProductVersion));
        return component;
    }

    private static JsonObject Card(CardSubject subject)
    {
        var card = new JsonObject();
        if (subject.Datasets.Any(d => d.Trained)) card["modelParameters"] = new JsonObject { ["datasets"] = Array(subject.Datasets.Where(d => d.Trained).Select(d => (JsonNode)new JsonObject { ["ref"] = d.Ref })) };
        if (subject.Version.Metrics.Count > 0)
            card["quantitativeAnalysis"] = new JsonObject { ["performanceMetrics"] = Array(subject.Version.Metrics.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => (JsonNode)new JsonObject { ["type"] = m.Name, ["value"] = CardSubject.Figure(m.Value) })) };
        var considerations = new JsonObject();
        if (subject.Model.Purposes.Count > 0) considerations["useCases"] = Texts(subject.Model.Purposes);
        if (subject.Limitations.Count > 0) considerations["technicalLimitations"] = Texts(subject.Limitations);
        if (considerations.Count > 0) card["considerations"] = considerations;
        return card;
    }

    private static JsonNode Dataset(CardDataset dataset)
    {
        var data = new JsonObject { ["type"] = "dataset", ["name"] = dataset.Reference.Name, ["classification"] = dataset.Class.Class.Sensitivity };
        if (dataset.Class.Class.PersonalData) data["sensitiveData"] = new JsonArray("personal data");
        if (dataset.Description is { } description) data["description"] = description;
        if (dataset.Team.Length > 0) data["governance"] = new JsonObject { ["owners"] = new JsonArray(new JsonObject { ["organization"] = new JsonObject { ["name"] = dataset.Team } }) };
        var component = new JsonObject { ["type"] = "data", ["bom-ref"] = dataset.Ref, ["name"] = dataset.Reference.Name, ["version"] = dataset.Reference.Version };
        if (dataset.Version is { } version) component["hashes"] = Hashes(version.Digest);
        component["data"] = new JsonArray(data);
        var properties = Properties(("rows", dataset.Version?.Rows?.ToString(CultureInfo.InvariantCulture)), ("legalBasis", dataset.Class.Class.LegalBasis), ("retainUntil", dataset.Class.RetainUntil is { } until ? CardSubject.Instant(until) : null));
        if (properties.Count > 0) component["properties"] = properties;
        return component;
    }

    private static JsonNode Dependency(CardDataset dataset) =>
        Dependency(dataset.Ref, (dataset.Version?.Sources ?? []).Select(s => $"dataset:{s.Name}@{s.Version}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static JsonNode Dependency(string what, IEnumerable<string> on) => Texts(on) is { Count: > 0 } refs ? new JsonObject { ["ref"] = what, ["dependsOn"] = refs } : new JsonObject { ["ref"] = what };

    private static Models.ModelVersion? Earlier(CardSubject subject) => subject.Model.Versions.Values.LastOrDefault(v => v.Number < subject.Version.Number);

    /// <summary>The digests here are all of SHA-256.</summary>
    private static JsonArray Hashes(string digest) => [new JsonObject { ["alg"] = "SHA-256", ["content"] = digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..] }];

    private static JsonArray Properties(params (string Name, string? Value)[] properties) =>
        Array(properties.Where(p => p.Value is not null).Select(p => (JsonNode)new JsonObject { ["name"] = $"mlgov:{p.Name}", ["value"] = p.Value }));

    private static JsonArray Texts(IEnumerable<string> texts) => Array(texts.Select(t => (JsonNode)JsonValue.Create(t)!));

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    /// <summary>The same for the same version with the same artifact, wherever it is made (RFC 9562, version 8).</summary>
    private static Guid SerialOf(CardSubject subject)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{subject.Ref}\n{subject.Version.ArtifactDigest}"));
        (hash[6], hash[8]) = ((byte)((hash[6] & 0x0F) | 0x80), (byte)((hash[8] & 0x3F) | 0x80));
        return new(hash.AsSpan(0, 16), bigEndian: true);
    }
}
