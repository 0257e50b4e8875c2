using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Classification;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Datasets;

/// <summary>What is missing for the datasets to be as the manifest says: first the datasets, then their versions, sources before what is made of them, then their classes.</summary>
internal sealed class DatasetPlan(Run run, ManifestFiles files)
{
    public async Task<IReadOnlyList<PlanStep>> OfAsync(IReadOnlyList<DatasetEntry> datasets, CancellationToken cancellationToken)
    {
        List<PlanStep> registrations = [], classes = [];
        List<(DatasetReference Version, IReadOnlyList<DatasetReference> Sources, PlanStep Step)> versions = [];
        foreach (var dataset in datasets)
        {
            var path = ApiPath.Of($"datasets/{dataset.Name}");
            var known = await run.FindAsync(path, "versions", cancellationToken);
            registrations.Add(Registration(dataset, known));
            versions.AddRange(dataset.Versions.Select(version => (new DatasetReference(dataset.Name, version.Version), version.Sources, Version(dataset, version, path, known))));
            if (dataset.Classification is { } @class) classes.Add(Class(dataset, @class, path, known));
        }

        return [.. registrations, .. SourcesFirst.Order(versions), .. classes];
    }

    private PlanStep Registration(DatasetEntry dataset, JsonElement? known)
    {
        var what = $"dataset {dataset.Name}";
        if (known is null)
        {
            var body = new JsonObject { ["name"] = dataset.Name, ["team"] = dataset.Team };
            if (dataset.Description is { } text) body["description"] = text;
            return PlanStep.Create(what, HttpMethod.Post, "api/v1/datasets", body, "name");
        }

        if (known.Value.TextOf("team") is var team && team != dataset.Team) return PlanStep.Impossible(what, $"it belongs to team {team}, not {dataset.Team}, and cannot change hands");
        if (dataset.Description is { } wanted && known.Value.TextOf("description") is { } description && description != wanted)
            run.Screen.Note($"Dataset {dataset.Name} keeps the description it was registered with; the manifest has another.");
        return PlanStep.Unchanged(what);
    }

    private PlanStep Version(DatasetEntry dataset, DatasetVersionEntry version, string path, JsonElement? known)
    {
        var what = $"version {version.Version} of dataset {dataset.Name}";
        var digest = version.File is { } file ? files.Digest(file) : version.Digest!;
        var registered = known?.EachOf("versions").Where(v => v.TextOf("version") == version.Version).Select(v => v.TextOf("digest")).FirstOrDefault();
        if (registered == digest) return PlanStep.Unchanged(what);
        if (registered is not null) return PlanStep.Impossible(what, $"it is on record with {registered}, the data has {digest}. A version never changes; give the new data another one");

        var body = new JsonObject { ["version"] = version.Version, ["digest"] = digest };
        if (version.Schema is { } schema) body["schema"] = new JsonArray([.. schema.Select(field => new JsonObject { ["name"] = field.Name, ["type"] = field.Type })]);
        if (version.Rows is { } rows) body["rows"] = rows;
        if (version.Sources.Count > 0) body["sources"] = new JsonArray([.. version.Sources.Select(source => source.Body)]);
        return PlanStep.Create($"{what}: {digest}", HttpMethod.Post, path + "/versions", body, "name");
    }

    private static PlanStep Class(DatasetEntry dataset, JsonObject wanted, string path, JsonElement? known)
    {
        var onRecord = known?.Of("classification");
        var what = $"class of dataset {dataset.Name}";
        if (onRecord is { } record && ClassComparison.IsOnRecord(wanted, record)) return PlanStep.Unchanged(what);

        what += $": {wanted["sensitivity"]}, {((bool)wanted["personalData"]! ? "personal data" : "no personal data")}";
        path += "/classification";
        return onRecord?.TextOf("state") is null or "none"
            ? PlanStep.Create(what, HttpMethod.Put, path, wanted, "classification")
            : PlanStep.Update(what, HttpMethod.Put, path, wanted, "classification");
    }
}
