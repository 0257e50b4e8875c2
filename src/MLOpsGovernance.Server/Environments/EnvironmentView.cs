using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Observations;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Environments;

/// <param name="UngatingProposedBy">Who asked that the gate be taken away; a second person must agree.</param>
/// <param name="Observation">Whether what is on record was also seen.</param>
/// <param name="Findings">Open ones and the latest closed ones; left out in lists.</param>
internal sealed record EnvironmentView(
    string Name, bool Gated, string? Region, string Target, IReadOnlyList<string> UngatingProposedBy, ObservationState Observation, int OpenFindings,
    IReadOnlyList<EnvironmentFindingView>? Findings = null) : ITagged;

/// <param name="VanishedAt">The observation in which it was no longer seen.</param>
internal sealed record EnvironmentFindingView(
    string Id, string? Title, string Severity, string Cause, bool Open, IReadOnlyList<string> OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset? VanishedAt,
    string? ClosedBy, string? ClosingReason, DateTimeOffset? ClosedAt);

/// <summary>An environment as people and programs see it.</summary>
internal sealed class EnvironmentViews(SealingKeys sealing, ObservationFreshness freshness, TimeProvider time)
{
    public EnvironmentView Row(DeploymentEnvironment e) => new(
        e.Name!, e.Gated, e.Region, e.Target, e.UngatingProposedBy, freshness.Of(e.Observed?.ObservedAt, time.GetUtcNow()), e.Findings.Values.Count(f => f.IsOpen));

    public async Task<Result<EnvironmentView>> AnswerAsync(Snapshot<DeploymentEnvironment> read, CancellationToken cancellationToken) =>
        new(await WholeAsync(read.State, cancellationToken), Edition: read.Edition);

    private async Task<EnvironmentView> WholeAsync(DeploymentEnvironment e, CancellationToken cancellationToken)
    {
        List<EnvironmentFindingView> findings = [];
        foreach (var f in e.Findings.Values.OrderBy(f => f.OpenedAt).ThenBy(f => f.Cause, StringComparer.Ordinal))
        {
            findings.Add(new(
                f.Id, await sealing.OpenAsync(f.Title, cancellationToken), f.Severity, f.Cause, f.IsOpen, f.OpenedBy, f.OpenedAt, f.VanishedAt,
                f.ClosedBy, await sealing.OpenAsync(f.Closing, cancellationToken), f.ClosedAt));
        }

        return Row(e) with { Findings = findings };
    }
}
