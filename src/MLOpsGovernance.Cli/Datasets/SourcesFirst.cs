using MLOpsGovernance.Cli.Manifests;

namespace MLOpsGovernance.Cli.Datasets;

internal static class SourcesFirst
{
    /// <summary>The order of the manifest, but for versions whose sources come later in it. A circle keeps its order: the server names what is missing.</summary>
    public static IEnumerable<PlanStep> Order(IReadOnlyList<(DatasetReference Version, IReadOnlyList<DatasetReference> Sources, PlanStep Step)> versions)
    {
        var waiting = versions.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.FindIndex(candidate => !waiting.Exists(other => candidate.Sources.Contains(other.Version)));
            yield return waiting[Math.Max(next, 0)].Step;
            waiting.RemoveAt(Math.Max(next, 0));
        }
    }
}
