using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <param name="AsOf">What was live then; now by default.</param>
[AnyRole]
internal sealed record ListDeployments(string Environment, DateTimeOffset? AsOf, Page Page) : IQuery<Listed<DeploymentView>>, IPaged;

internal sealed class DeploymentLister(IGrainFactory grains, Registers registers, TimeProvider time) : IRequestHandler<ListDeployments, Result<Listed<DeploymentView>>>
{
    public async Task<Result<Listed<DeploymentView>>> Handle(ListDeployments request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Environment) || !(await grains.GetGrain<IEnvironmentGrain>(request.Environment).Read()).State.Exists)
            return new Refusal("environment-unknown", "There is no such environment.", RefusalKind.NotFound);

        var asOf = request.AsOf ?? time.GetUtcNow();
        var rows = await registers.ListAsync<DeploymentRow>(
            request.Page, all => all.Where(r => r.Environment == request.Environment && r.At <= asOf && (r.EndedAt == null || r.EndedAt > asOf)), r => r.Id, cancellationToken);
        return rows.Value is { } list
            ? new Listed<DeploymentView>([.. list.Items.Select(r => new DeploymentView(r.Id, r.Model, r.Version, r.Environment, r.DecisionId, r.ArtifactDigest, r.ImageDigest, r.Action, r.By, r.At, r.EndedAt, r.Replaces))], list.NextCursor)
            : rows.Refusal!;
    }
}
