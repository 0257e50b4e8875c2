using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Datasets;
using MLOpsGovernance.Cli.Manifests;
using MLOpsGovernance.Evidence.Descriptors;

namespace MLOpsGovernance.Cli.Models;

/// <param name="Purposes">Null leaves them as they are.</param>
/// <param name="Risk">The body of a risk class, as the API takes it; null leaves the class as it is.</param>
internal sealed record ModelEntry(string Name, string Team, string Purpose, IReadOnlyList<string>? Purposes, JsonObject? Risk, IReadOnlyList<ModelVersionEntry> Versions,
    string? Origin = null, bool? Generative = null)
{
    private static readonly string[] RiskKeys = ["euAiAct", "tier", "reason", "role", "basis", "materiality", "accountableExecutive"];

    public static IReadOnlyList<string> Keys { get; } = ["name", "team", "purpose", "purposes", "risk", "versions", "origin", "generative"];

    public static ModelEntry Read(ManifestMap map) => new(
        map.Text("name"), map.Text("team"), map.Text("purpose"), map.Texts("purposes"), map.Child("risk", RiskKeys, Class),
        map.Each("versions", ModelVersionEntry.Keys, ModelVersionEntry.Read) ?? [],
        map.OptionalText("origin"), map.Has("generative") ? map.Flag("generative") : null);

    private static JsonObject Class(ManifestMap map)
    {
        var body = new JsonObject { ["euAiAct"] = map.Text("euAiAct"), ["tier"] = map.Whole("tier", 1, 3), ["reason"] = map.Text("reason") };
        if (map.OptionalText("role") is { } role) body["role"] = role;
        if (map.Child("basis", ["annex", "point", "exception"], Basis) is { } basis) body["basis"] = basis;
        if (map.Child("materiality", ["exposure", "currency", "date", "peopleAffected", "businessService"], Materiality) is { } materiality) body["materiality"] = materiality;
        if (map.OptionalText("accountableExecutive") is { } executive) body["accountableExecutive"] = executive;
        return body;
    }

    private static JsonObject Basis(ManifestMap map)
    {
        var basis = new JsonObject { ["annex"] = map.Text("annex"), ["point"] = map.Text("point") };
        if (map.OptionalText("exception") is { } exception) basis["exception"] = exception;
        return basis;
    }

    private static JsonObject Materiality(ManifestMap map)
    {
        var materiality = new JsonObject
        {
            ["exposure"] = map.Number("exposure"),
            ["currency"] = map.Text("currency"),
            ["date"] = map.Text("date"),
            ["peopleAffected"] = map.Whole("peopleAffected", 0, long.MaxValue),
        };
        if (map.OptionalText("businessService") is { } service) materiality["businessService"] = service;
        return materiality;
    }
}

/// <summary>A version is recognised by its artifact digest and its training data; its number is given by the server.</summary>
/// <param name="Descriptor">What stands for the artifact of a model without a file.</param>
/// <param name="Artifact">Whose digest is the version's; else <paramref name="ArtifactDigest"/> is given.</param>
internal sealed record ModelVersionEntry(
    Located? Artifact, string? ArtifactDigest, string? ImageDigest, IReadOnlyList<DatasetReference> Datasets, IReadOnlyList<string> Authors,
    string? Framework, string? EnvironmentDigest, string? Commit, string? Run, IReadOnlyDictionary<string, double>? Metrics, Located? MetricsFile,
    DescriptorEntry? Descriptor = null, string? RunTrigger = null, string? RunEnvironment = null)
{
    public static IReadOnlyList<string> Keys { get; } =
        ["artifact", "artifactDigest", "imageDigest", "datasets", "authors", "framework", "environmentDigest", "commit", "run", "metrics", "metricsFile", "descriptor", "runTrigger", "runEnvironment"];

    public static ModelVersionEntry Read(ManifestMap map)
    {
        if (!map.Has("descriptor")) map.Either("artifact", "artifactDigest");
        else if (map.Has("artifact") || map.Has("artifactDigest")) map.Wrong("descriptor", "an artifact is given beside it. A version has one of the two.");
        if (map.Has("metrics") && map.Has("metricsFile")) map.Wrong("metricsFile", "metrics are given beside it. Leave one of the two out.");
        if (!map.Has("authors")) map.Wrong("authors", "it is missing. Name at least one person: authors: [ann].");
        return new(
            map.OptionalLocated("artifact"), map.OptionalDigest("artifactDigest"), map.OptionalDigest("imageDigest"),
            map.Each("datasets", DatasetReference.Keys, DatasetReference.Read, reference => reference.ToString()) ?? [], map.Texts("authors") ?? [],
            map.OptionalText("framework"), map.OptionalDigest("environmentDigest"), map.OptionalText("commit"), map.OptionalText("run"),
            map.Numbers("metrics"), map.OptionalLocated("metricsFile"),
            map.Child("descriptor", DescriptorDigest.Members, DescriptorEntry.Read), map.OptionalText("runTrigger"), map.OptionalText("runEnvironment"));
    }
}
