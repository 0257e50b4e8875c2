using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MLOpsGovernance.Domain.Lineage;

public enum LineageKind
{
    /// <summary>As OpenLineage names it; or, with an empty namespace, a registered dataset.</summary>
    Dataset,

    Job,

    Run,

    /// <summary>A version of a registered dataset: its dataset is the namespace.</summary>
    DatasetVersion,

    /// <summary>A version of a registered model: its model is the namespace.</summary>
    ModelVersion,

    Deployment,
}

/// <summary>Something that data flows into or out of.</summary>
public sealed record LineageNode(LineageKind Kind, string Namespace, string Name)
{
    /// <summary>How it is asked for: <c>dataset:{namespace}:{name}</c>, <c>dataset:{registered}</c>, <c>dataset:{registered}@{version}</c>, <c>job:{namespace}:{name}</c>, <c>run:{uuid}</c>, <c>model:{name}@{version}</c>, <c>deployment:{id}</c>.</summary>
    public string Id => Kind switch
    {
        LineageKind.Dataset => Namespace.Length == 0 ? $"dataset:{Name}" : $"dataset:{Namespace}:{Name}",
        LineageKind.Job => $"job:{Namespace}:{Name}",
        LineageKind.Run => $"run:{Name}",
        LineageKind.DatasetVersion => $"dataset:{Namespace}@{Name}",
        LineageKind.ModelVersion => $"model:{Namespace}@{Name}",
        _ => $"deployment:{Name}",
    };

    /// <summary>The same for the same node, wherever it is worked out.</summary>
    public Guid Key => new(Hash($"{(int)Kind}\n{Namespace}\n{Name}"), bigEndian: true);

    public bool IsRegistered => Kind == LineageKind.Dataset && Namespace.Length == 0;

    /// <summary>What the stream of a job or a dataset is called by.</summary>
    public static string HashOf(EntityName name) => Convert.ToHexStringLower(Hash($"{name.Namespace}\n{name.Name}"));

    /// <summary>A dataset of OpenLineage. One that is by convention a version of a model, <c>models://{registry}</c> or <c>models:/{name}/{version}</c>, is that version.</summary>
    public static LineageNode OfDataset(EntityName name)
    {
        var path = name.Name.StartsWith("models:/", StringComparison.Ordinal) ? name.Name["models:/".Length..] : name.Namespace.StartsWith("models://", StringComparison.Ordinal) ? name.Name : "";
        return path.Split('/') is [var model, var version] && Domain.Name.IsValid(model) && IsNumber(version) ? new(LineageKind.ModelVersion, model, version) : new(LineageKind.Dataset, name.Namespace, name.Name);
    }

    public static LineageNode OfJob(EntityName name) => new(LineageKind.Job, name.Namespace, name.Name);

    /// <summary>A run by its UUID, however that is written; a run from elsewhere by whatever id it has there.</summary>
    public static LineageNode OfRun(string id) => new(LineageKind.Run, "", Guid.TryParse(id, out var uuid) ? uuid.ToString("D") : id);

    public static LineageNode Registered(string dataset) => new(LineageKind.Dataset, "", dataset);

    public static LineageNode OfDatasetVersion(string dataset, string version) => new(LineageKind.DatasetVersion, dataset, version);

    public static LineageNode OfModelVersion(string model, int version) => new(LineageKind.ModelVersion, model, version.ToString(CultureInfo.InvariantCulture));

    public static LineageNode OfDeployment(string id) => new(LineageKind.Deployment, "", id);

    /// <summary>
    /// What an id may mean, the likeliest first. Namespaces hold colons themselves, so the id of a dataset or a job can be read in several ways; parts may be percent-encoded where that matters.
    /// </summary>
    public static IReadOnlyList<LineageNode> Candidates(string id)
    {
        if (id.Split(':', 2) is not [var kind, var rest] || rest.Length == 0) return [];
        return kind switch
        {
            "dataset" when rest.Split('@') is [var dataset, var version] && Domain.Name.IsValid(dataset) && Domain.Name.IsLabel(version) => [OfDatasetVersion(dataset, version)],
            "dataset" when Domain.Name.IsValid(rest) => [Registered(rest)],
            "dataset" => [.. Named(rest).Select(OfDataset)],
            "job" => [.. Named(rest).Select(OfJob)],
            "run" => [OfRun(rest)],
            "model" => rest.Split('@') is [var model, var number] && Domain.Name.IsValid(model) && IsNumber(number) ? [new(LineageKind.ModelVersion, model, number)] : [],
            "deployment" => [OfDeployment(rest)],
            _ => [],
        };
    }

    /// <summary>The longest namespace first; each as it stands, and decoded.</summary>
    private static IEnumerable<EntityName> Named(string text)
    {
        for (var at = text.LastIndexOf(':'); at > 0; at = text.LastIndexOf(':', at - 1))
        {
            if (at + 1 == text.Length) continue;
            var name = new EntityName(text[..at], text[(at + 1)..]);
            yield return name;
            if (text.Contains('%', StringComparison.Ordinal)) yield return new(Uri.UnescapeDataString(name.Namespace), Uri.UnescapeDataString(name.Name));
        }
    }

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && text[0] != '0';

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
}
