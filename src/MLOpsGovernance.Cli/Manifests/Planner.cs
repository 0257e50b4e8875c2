using MLOpsGovernance.Cli.Datasets;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.Teams;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>Compares a manifest with the record. Only reads.</summary>
internal static class Planner
{
    /// <summary>The steps in an order in which each finds what it needs.</summary>
    public static async Task<IReadOnlyList<PlanStep>> PlanAsync(Run run, Manifest manifest, ManifestFiles files, CancellationToken cancellationToken)
    {
        List<PlanStep> steps = [];
        foreach (var team in manifest.Teams) steps.AddRange(await TeamPlan.OfAsync(run, team, cancellationToken));
        steps.AddRange(await new DatasetPlan(run, files).OfAsync(manifest.Datasets, cancellationToken));
        var models = new ModelPlan(run, files);
        foreach (var model in manifest.Models) steps.AddRange(await models.OfAsync(model, cancellationToken));

        var twice = steps.Select(step => step.Version).OfType<PlannedVersion>().Where(version => version.Number is null).GroupBy(version => version).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? steps : throw CommandFailedException.Usage($"Two versions of model {twice.Key.Model} have the artifact digest {twice.Key.ArtifactDigest}. Apply them one after the other, or leave one out.");
    }
}
