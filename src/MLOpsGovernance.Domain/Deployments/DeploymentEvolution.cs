using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Deployments;

/// <summary>
/// What happens to deployments and break-glasses, and where in the model's history those of a version and those at work stand: whoever asks about one version
/// looks through its own, however many others there were.
/// </summary>
public static class DeploymentEvolution
{
    /// <summary>What is fully deployed in an environment now, or null.</summary>
    public static Deployment? LiveIn(this Model model, string environment) => model.Live.TryGetValue(environment, out var place) ? model.Deployments[place] : null;

    /// <summary>The deployments of a version, the earliest first.</summary>
    public static IEnumerable<Deployment> DeploymentsOf(this Model model, ModelVersion version) => version.DeploymentPlaces.Select(place => model.Deployments[place]);

    /// <summary>The break-glasses for a version, the earliest first.</summary>
    public static IEnumerable<BreakGlass> BreakGlassesOf(this Model model, ModelVersion version) => version.BreakGlassPlaces.Select(place => model.BreakGlasses[place]);

    /// <summary>The version's own stages in an environment: they end when it is fully deployed there.</summary>
    internal static IEnumerable<Deployment> StagesOf(this Model model, int version, string environment) =>
        DeploymentStage.StagedPlaces(environment).Where(model.Live.ContainsKey).Select(place => model.Deployments[model.Live[place]]).Where(d => d.Version == version);

    /// <summary>A full deployment takes the environment's place, closes the version's review, and leaves earlier versions that run nowhere superseded. A stage takes only the stage's place.</summary>
    internal static Model Deploy(this Model model, Deployment deployment)
    {
        // Early events of a decision for the image hold it in both places. What was deployed keeps its digests, so the version still knows the artifact.
        if (deployment.ArtifactDigest == deployment.ImageDigest) deployment = deployment with { ArtifactDigest = model.Versions[deployment.Version].ArtifactDigest };
        var next = model.End(d => d.Place == deployment.Place || (deployment.IsFull && d.Environment == deployment.Environment && d.Version == deployment.Version), deployment.At);
        next = next with { Deployments = next.Deployments.Add(deployment), Live = next.Live.SetItem(deployment.Place, next.Deployments.Count) };
        if (!deployment.IsFull) return next with { Versions = next.Versions.SetItem(deployment.Version, Placed(next.Versions[deployment.Version], next.Deployments.Count - 1, deployment)) };

        var (live, versions) = (next.Live.Values.Select(place => next.Deployments[place].Version).ToHashSet(), next.Versions.ToBuilder());
        var superseded = next.CurrentVersions.Where(number => number < deployment.Version && !live.Contains(number)).ToList();
        foreach (var number in superseded) versions[number] = Reviewed(versions[number]) with { SupersededBy = deployment.Version };
        var deployed = versions[deployment.Version];
        versions[deployment.Version] = Placed(Reviewed(deployed), next.Deployments.Count - 1, deployment) with { SupersededBy = null };
        return next with { Versions = versions.ToImmutable(), CurrentVersions = next.CurrentVersions.Except(superseded).Add(deployment.Version) };
    }

    /// <summary>Ends those at work that are meant.</summary>
    internal static Model End(this Model model, Func<Deployment, bool> which, DateTimeOffset at)
    {
        var ended = model.Live.Where(l => which(model.Deployments[l.Value])).ToList();
        return model with
        {
            Deployments = ended.Aggregate(model.Deployments, (all, l) => all.SetItem(l.Value, all[l.Value] with { EndedAt = at })),
            Live = model.Live.RemoveRange(ended.Select(l => l.Key)),
        };
    }

    internal static Model Conclude(this Model model, DeploymentConcluded e)
    {
        var place = model.Deployments.FindLastIndex(d => d.Id == e.Id);
        var next = model with { Deployments = model.Deployments.SetItem(place, model.Deployments[place] with { Outcome = new(e.Outcome, e.Reason, e.Evidence, e.By, e.At) }) };
        return e.Ended ? next.End(d => d.Id == e.Id, e.At) : next;
    }

    internal static Model Ask(this Model model, BreakGlassRequested e)
    {
        var asked = new BreakGlass(e.Id, e.Version, e.Environment, e.ArtifactDigest, e.Reason, e.Minutes, e.RequestedBy, e.At) { ImageDigest = e.ImageDigest };
        var version = model.Versions[e.Version];
        return model with
        {
            BreakGlasses = model.BreakGlasses.Add(asked),
            Versions = model.Versions.SetItem(e.Version, version with { BreakGlassPlaces = version.BreakGlassPlaces.Add(model.BreakGlasses.Count) }),
        };
    }

    internal static Model Agree(this Model model, BreakGlassApproved e) => model with
    {
        BreakGlasses = model.BreakGlasses.ConvertAll(b => b.Id == e.Id ? b with { ApprovedBy = e.By, ApprovedAt = e.At, Until = e.Until, ApproverOwner = e.Owner } : b),
    };

    private static ModelVersion Placed(ModelVersion version, int place, Deployment deployment) => version with
    {
        // A shadow answers nobody, so with it the version is not in use yet.
        FirstDeployedAt = version.FirstDeployedAt ?? (deployment.Stage == DeploymentStage.Shadow ? null : deployment.At),
        DeploymentPlaces = version.DeploymentPlaces.Add(place),
    };

    private static ModelVersion Reviewed(ModelVersion version) => version.Review == ReviewState.Open ? version with { Review = ReviewState.Closed } : version;
}
