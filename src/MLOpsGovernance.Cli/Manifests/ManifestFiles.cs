using System.Text.Json;
using MLOpsGovernance.Evidence.Artifacts;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>What the files say that a manifest names: digests of data and artifacts, and metrics. Only that is sent, never a file.</summary>
internal sealed class ManifestFiles
{
    private const int MostMetricsBytes = 1 << 20;
    private readonly Dictionary<Located, string> _digests = [];
    private readonly Dictionary<Located, IReadOnlyDictionary<string, double>> _metrics = [];

    private ManifestFiles()
    {
    }

    public string Digest(Located file) => _digests[file];

    public IReadOnlyDictionary<string, double> Metrics(Located file) => _metrics[file];

    /// <exception cref="CommandFailedException">A file is missing, or cannot be what it is named as.</exception>
    public static async Task<ManifestFiles> ReadAsync(string path, Manifest manifest, CancellationToken cancellationToken)
    {
        var files = new ManifestFiles();
        var mistakes = new ManifestMistakes(path);
        var artifacts = manifest.Datasets.SelectMany(dataset => dataset.Versions).Select(version => version.File)
            .Concat(manifest.Models.SelectMany(model => model.Versions).Select(version => version.Artifact)).OfType<Located>();
        foreach (var artifact in artifacts)
        {
            try
            {
                files._digests[artifact] = (await ArtifactDigest.ComputeAsync(Path.Combine(manifest.Folder, artifact.Text), cancellationToken)).Digest;
            }
            catch (ArtifactRefusedException e)
            {
                mistakes.Add(artifact.At, $"{e.Message} ({e.Code})");
            }
        }

        foreach (var metrics in manifest.Models.SelectMany(model => model.Versions).Select(version => version.MetricsFile).OfType<Located>())
        {
            if (ReadMetrics(Path.Combine(manifest.Folder, metrics.Text), out var why) is { } numbers) files._metrics[metrics] = numbers;
            else mistakes.Add(metrics.At, why);
        }

        mistakes.RefuseIfAny();
        return files;
    }

    /// <summary>The numbers at the top of a JSON object; whatever else is in it stays in the file.</summary>
    private static Dictionary<string, double>? ReadMetrics(string path, out string why)
    {
        why = $"'{path}' is no JSON object of at most 1 MiB, whose numbers would be the metrics.";
        try
        {
            if (new FileInfo(path).Length > MostMetricsBytes) return null;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new() { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind is not JsonValueKind.Object ? null : json.RootElement.EnumerateObject()
                .Where(field => field.Value.ValueKind is JsonValueKind.Number && double.IsFinite(field.Value.GetDouble()))
                .ToDictionary(field => field.Name, field => field.Value.GetDouble(), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            why = $"the metrics in '{path}' cannot be read: {e.Message}";
            return null;
        }
    }
}
