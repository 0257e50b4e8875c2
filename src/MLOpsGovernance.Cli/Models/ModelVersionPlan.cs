using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Datasets;
using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Models;

/// <summary>A version on record with the same artifact digest and the same training data is this version; else it is registered.</summary>
internal sealed class ModelVersionPlan(ModelEntry model, ModelVersionEntry version, ManifestFiles files)
{
    private string ArtifactDigest { get; } = version.Descriptor?.Digest ?? (version.Artifact is { } artifact ? files.Digest(artifact) : version.ArtifactDigest!);

    public IReadOnlyList<PlanStep> Steps(string path, JsonElement? known)
    {
        if (known?.EachOf("versions").LastOrDefault(IsThis) is not { ValueKind: JsonValueKind.Object } registered)
        {
            return
            [
                PlanStep.Create($"version of model {model.Name}: {ArtifactDigest}", HttpMethod.Post, path + "/versions", Body(), "artifactDigest")
                    with { Version = new(model.Name, ArtifactDigest, null) },
            ];
        }

        var number = registered.WholeOf("version") ?? throw CommandFailedException.NoAnswer($"The server shows a version of {model.Name} without its number.");
        var what = string.Create(CultureInfo.InvariantCulture, $"version {number} of model {model.Name}");
        path += string.Create(CultureInfo.InvariantCulture, $"/versions/{number}");
        return [Image(registered, what, path) with { Version = new(model.Name, ArtifactDigest, number) }, .. Authors(registered, what, path)];
    }

    private bool IsThis(JsonElement registered) =>
        registered.TextOf("artifactDigest") == ArtifactDigest
        && registered.EachOf("datasets").Select(d => new DatasetReference(d.TextOf("name") ?? "", d.TextOf("version") ?? "")).ToHashSet().SetEquals(version.Datasets);

    private PlanStep Image(JsonElement registered, string what, string path) =>
        version.ImageDigest is { } image && image != registered.TextOf("imageDigest")
            ? PlanStep.Update($"image of {what}: {image}", HttpMethod.Put, path + "/artifact", new() { ["imageDigest"] = image }, "artifactDigest")
            : PlanStep.Unchanged(what);

    private IEnumerable<PlanStep> Authors(JsonElement registered, string what, string path) =>
        version.Authors.Except(registered.TextsOf("authors"), StringComparer.Ordinal)
            .Select(author => PlanStep.Create($"author {author} of {what}", HttpMethod.Put, path + "/authors/" + ApiPath.Segment(author), [], "authors"));

    private JsonObject Body()
    {
        var body = new JsonObject
        {
            [version.Descriptor is null ? "artifactDigest" : "descriptor"] = version.Descriptor is { } descriptor ? descriptor.Body.DeepClone() : ArtifactDigest,
            ["datasets"] = new JsonArray([.. version.Datasets.Select(reference => reference.Body)]),
            ["authors"] = new JsonArray([.. version.Authors.Select(author => JsonValue.Create(author))]),
        };
        (string Name, string? Value)[] texts =
            [("imageDigest", version.ImageDigest), ("framework", version.Framework), ("environmentDigest", version.EnvironmentDigest), ("commit", version.Commit), ("run", version.Run), ("runTrigger", version.RunTrigger), ("runEnvironment", version.RunEnvironment)];
        foreach (var (name, value) in texts)
            if (value is not null) body[name] = value;

        var metrics = version.MetricsFile is { } file ? files.Metrics(file) : version.Metrics;
        if (metrics is { Count: > 0 }) body["metrics"] = new JsonObject(metrics.Select(metric => KeyValuePair.Create(metric.Key, (JsonNode?)metric.Value)));
        return body;
    }
}
