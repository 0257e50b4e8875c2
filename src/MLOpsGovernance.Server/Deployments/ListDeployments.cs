using Marten;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Observations;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <param name="AsOf">What was live then; now by default.</param>
[AnyRole]
internal sealed record ListDeployments(string Environment, DateTimeOffset? AsOf, Page Page) : IQuery<DeploymentList>, IPaged;

/// <param name="NextCursor">Null on the last page.</param>
/// <param name="Observation">Whether what is on record was also seen.</param>
/// <param name="Behind">How many events the rows have not seen; null where they have seen all.</param>
internal sealed record DeploymentList(IReadOnlyList<DeploymentView> Items, string? NextCursor, ObservationState Observation, long? Behind = null);

internal sealed class DeploymentLister(IGrainFactory grains, IDocumentStore store, Registers registers, Estate estate, ObservationFreshness freshness, SealingKeys sealing, TimeProvider time) : IRequestHandler<ListDeployments, Result<DeploymentList>>
{
    public async Task<Result<DeploymentList>> Handle(ListDeployments request, CancellationToken cancellationToken)
    {
        if (!Name.IsValid(request.Environment) || (await grains.GetGrain<IEnvironmentGrain>(request.Environment).Read()).State is not { Exists: true } environment)
            return new Refusal("environment-unknown", "There is no such environment.", RefusalKind.NotFound);

        var asOf = request.AsOf ?? time.GetUtcNow();
        var rows = await registers.ListAsync<DeploymentRow>(
            request.Page, all => all.Where(r => r.Environment == request.Environment && r.At <= asOf && (r.EndedAt == null || r.EndedAt > asOf)), r => r.Id, cancellationToken);
        if (rows.Value is not { } list) return rows.Refusal!;
        await using var session = store.QuerySession();
        await session.MendAsync(list.Items, cancellationToken);

        var observedAt = environment.Observed?.ObservedAt;
        if (observedAt > asOf) observedAt = request.AsOf is null ? observedAt : await estate.ObservedAsOfAsync(request.Environment, asOf, cancellationToken);
        List<DeploymentView> views = [];
        foreach (var row in list.Items) views.Add(await DeploymentView.OfAsync(row, sealing, cancellationToken));
        return new DeploymentList(
            views, list.NextCursor, freshness.Of(observedAt, asOf), list.Behind);
    }
}
