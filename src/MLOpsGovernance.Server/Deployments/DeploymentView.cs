using MLOpsGovernance.Domain.Deployments;

namespace MLOpsGovernance.Server.Deployments;

/// <param name="EndedAt">Null while it is live.</param>
/// <param name="Replaces">The deployment whose place it took, if there was one.</param>
internal sealed record DeploymentView(
    string Id, string Model, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string Action, string By, DateTimeOffset At, DateTimeOffset? EndedAt, string? Replaces)
{
    public static DeploymentView Of(string model, Deployment d) => new(
        d.Id, model, d.Version, d.Environment, d.DecisionId, d.ArtifactDigest, d.ImageDigest, d.Action, d.By, d.At, d.EndedAt, d.Replaces);
}
