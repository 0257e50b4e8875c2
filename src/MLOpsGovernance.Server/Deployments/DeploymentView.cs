using MLOpsGovernance.Domain.Deployments;

namespace MLOpsGovernance.Server.Deployments;

/// <param name="EndedAt">Null while it is live.</param>
internal sealed record DeploymentView(
    string Id, string Model, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string Action, string By, DateTimeOffset At, DateTimeOffset? EndedAt)
{
    public static DeploymentView Of(string model, Deployment d) => new(
        d.Id, model, d.Version, d.Environment, d.DecisionId, d.ArtifactDigest, d.ImageDigest, d.Action, d.By, d.At, d.EndedAt);
}
