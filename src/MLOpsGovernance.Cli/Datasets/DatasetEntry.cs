using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Datasets;

/// <param name="Classification">The body of a classification, as the API takes it; null leaves the class as it is.</param>
internal sealed record DatasetEntry(string Name, string Team, string? Description, JsonObject? Classification, IReadOnlyList<DatasetVersionEntry> Versions)
{
    private static readonly string[] ClassKeys = ["sensitivity", "personalData", "legalBasis", "permittedPurposes", "retentionDays", "purpose", "anonymised", "reason"];

    public static IReadOnlyList<string> Keys { get; } = ["name", "team", "description", "classification", "versions"];

    public static DatasetEntry Read(ManifestMap map) => new(
        map.Text("name"), map.Text("team"), map.OptionalText("description"), map.Child("classification", ClassKeys, Class),
        map.Each("versions", DatasetVersionEntry.Keys, DatasetVersionEntry.Read, version => version.Version) ?? []);

    private static JsonObject Class(ManifestMap map)
    {
        var body = new JsonObject { ["sensitivity"] = map.Text("sensitivity"), ["personalData"] = map.Flag("personalData") };
        if (map.OptionalText("legalBasis") is { } basis) body["legalBasis"] = basis;
        body["permittedPurposes"] = new JsonArray([.. map.Each("permittedPurposes", ["code", "legalBasis", "specialCategoryCondition"], Purpose) ?? []]);
        if (map.OptionalWhole("retentionDays", 1, 36_525) is { } days) body["retentionDays"] = days;
        if (map.OptionalText("purpose") is { } words) body["purpose"] = words;
        if (map.Has("anonymised")) body["anonymised"] = map.Flag("anonymised");
        if (map.OptionalText("reason") is { } reason) body["reason"] = reason;
        return body;
    }

    private static JsonObject Purpose(ManifestMap map)
    {
        var purpose = new JsonObject { ["code"] = map.Text("code"), ["legalBasis"] = map.Text("legalBasis") };
        if (map.OptionalText("specialCategoryCondition") is { } condition) purpose["specialCategoryCondition"] = condition;
        return purpose;
    }
}

/// <param name="File">Whose digest is the version's; else <paramref name="Digest"/> is given.</param>
internal sealed record DatasetVersionEntry(string Version, Located? File, string? Digest, long? Rows, IReadOnlyList<FieldEntry>? Schema, IReadOnlyList<DatasetReference> Sources)
{
    public static IReadOnlyList<string> Keys { get; } = ["version", "file", "digest", "rows", "schema", "sources"];

    public static DatasetVersionEntry Read(ManifestMap map)
    {
        map.Either("file", "digest");
        return new(
            map.Text("version"), map.OptionalLocated("file"), map.OptionalDigest("digest"), map.OptionalWhole("rows", 0, long.MaxValue),
            map.Each("schema", ["name", "type"], field => new FieldEntry(field.Text("name"), field.Text("type")), field => field.Name),
            map.Each("sources", DatasetReference.Keys, DatasetReference.Read, source => source.ToString()) ?? []);
    }
}

internal sealed record FieldEntry(string Name, string Type);

/// <summary>A version of a dataset.</summary>
internal sealed record DatasetReference(string Name, string Version)
{
    public static IReadOnlyList<string> Keys { get; } = ["name", "version"];

    public JsonObject Body => new() { ["name"] = Name, ["version"] = Version };

    public static DatasetReference Read(ManifestMap map) => new(map.Text("name"), map.Text("version"));

    public override string ToString() => $"{Name} {Version}";
}
