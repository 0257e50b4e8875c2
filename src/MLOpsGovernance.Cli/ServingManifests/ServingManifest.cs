using System.Text;
using System.Text.Json;

namespace MLOpsGovernance.Cli.ServingManifests;

/// <param name="Decision">Id of the decision that allows it.</param>
/// <param name="Digest">What the decision was made for.</param>
internal sealed record ServingManifest(
    string Name, string? Namespace, string Model, int Version, string Environment, string StorageUri, string ModelFormat, string Decision, string Digest, string PolicySet)
{
    /// <summary>Of the annotations and labels; the same as of the service's own documents.</summary>
    private const string Prefix = "governance.mlops";

    private const int LongestLabel = 63;

    public static string KServe(ServingManifest manifest) => manifest.Head("serving.kserve.io/v1beta1", "InferenceService") + $"""
        spec:
          predictor:
            model:
              modelFormat:
                name: {Text(manifest.ModelFormat)}
              storageUri: {Text(manifest.StorageUri)}

        """;

    public static string Seldon(ServingManifest manifest) => manifest.Head("mlops.seldon.io/v1alpha1", "Model") + $"""
        spec:
          storageUri: {Text(manifest.StorageUri)}
          requirements:
            - {Text(manifest.ModelFormat)}

        """;

    private string Head(string apiVersion, string kind)
    {
        var head = new StringBuilder($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: {Text(Name)}\n");
        if (Namespace is not null) head.Append($"  namespace: {Text(Namespace)}\n");
        // A label is at most 63 characters long, a model's name may be longer.
        if (Model.Length <= LongestLabel) head.Append($"  labels:\n    {Prefix}/model: {Text(Model)}\n    {Prefix}/version: {Text($"{Version}")}\n");
        head.Append("  annotations:\n");
        foreach (var (name, value) in new[] { ("model", Model), ("version", $"{Version}"), ("environment", Environment), ("decision-id", Decision), ("artifact-digest", Digest), ("policy-set", PolicySet) })
            head.Append($"    {Prefix}/{name}: {Text(value)}\n");
        return head.ToString();
    }

    /// <summary>JSON text is YAML text, whatever it holds.</summary>
    private static string Text(string value) => JsonSerializer.Serialize(value);
}

internal static class ResourceName
{
    private const int Longest = 63;

    /// <summary>A DNS label: given, or made of a model's name.</summary>
    /// <exception cref="CommandFailedException">It cannot be one.</exception>
    public static string Of(string? given, string model)
    {
        if (given is null) return new string([.. model.Select(c => c is '.' or '_' ? '-' : c).Take(Longest)]).Trim('-');
        return given.Length is >= 1 and <= Longest && given.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && given[0] != '-' && given[^1] != '-'
            ? given
            : throw CommandFailedException.Usage($"'{given}' is no name of a resource: at most {Longest} lower-case letters, digits and hyphens, no hyphen first or last.");
    }
}
