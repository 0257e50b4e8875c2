using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <param name="EndedAt">Null while it is live.</param>
/// <param name="Replaces">The deployment whose place it took, if there was one.</param>
/// <param name="Stage"><c>shadow</c>, <c>canary</c> or <c>full</c>.</param>
/// <param name="Outcome">Null while nobody said how it went.</param>
internal sealed record DeploymentView(
    string Id, string Model, int Version, string Environment, string DecisionId, string ArtifactDigest, string? ImageDigest, string Action, string By, DateTimeOffset At, DateTimeOffset? EndedAt, string? Replaces,
    string Stage, DeploymentOutcomeView? Outcome)
{
    public static async Task<DeploymentView> OfAsync(string model, Deployment d, SealingKeys sealing, CancellationToken cancellationToken) => new(
        d.Id, model, d.Version, d.Environment, d.DecisionId, d.ArtifactDigest, d.ImageDigest, d.Action, d.By, d.At, d.EndedAt, d.Replaces, d.Stage,
        await DeploymentOutcomeView.OfAsync(d.Outcome, sealing, cancellationToken));

    public static async Task<DeploymentView> OfAsync(DeploymentRow d, SealingKeys sealing, CancellationToken cancellationToken) => new(
        d.Id, d.Model, d.Version, d.Environment, d.DecisionId, d.ArtifactDigest, d.ImageDigest, d.Action, d.By, d.At, d.EndedAt, d.Replaces, d.Stage,
        await DeploymentOutcomeView.OfAsync(d.Outcome, sealing, cancellationToken));
}

/// <param name="Result"><c>succeeded</c> or <c>failed</c>.</param>
/// <param name="Evidence">Digests of what shows it.</param>
internal sealed record DeploymentOutcomeView(string Result, string? Reason, IReadOnlyList<string> Evidence, string By, DateTimeOffset At)
{
    public static async Task<DeploymentOutcomeView?> OfAsync(DeploymentOutcome? outcome, SealingKeys sealing, CancellationToken cancellationToken) =>
        outcome is null ? null : new(outcome.Result, await sealing.OpenAsync(outcome.Reason, cancellationToken), outcome.Evidence, outcome.By, outcome.At);
}
