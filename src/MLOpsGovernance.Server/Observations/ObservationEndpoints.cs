using MediatR;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Server.Environments;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Observations;

internal static class ObservationEndpoints
{
    /// <param name="ObservedAt">When it was seen: after the observation before, and not in the future.</param>
    /// <param name="Source">What looked, for example <c>kubectl</c>.</param>
    /// <param name="Items">Everything that runs there, at most 5000.</param>
    internal sealed record ObservedBody(DateTimeOffset ObservedAt, IReadOnlyList<ObservedItem> Items, string? Source = null);

    internal sealed record EnvironmentClosureBody(string Reason, string? About = null);

    public static void MapObservations(this IEndpointRouteBuilder api)
    {
        var environments = api.MapGroup("/environments/{env}").WithTags("Live estate");
        environments.MapPut("/observed", async (string env, Body<ObservedBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ObserveEnvironment(env, body.Value.ObservedAt, body.Value.Source, body.Value.Items), cancellationToken)).ToHttp())
            .Answers<ObservationView>().WithSummary("Report what really runs in an environment");
        environments.MapGet("/observed", async (string env, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadObservation(env), cancellationToken)).ToHttp()).Answers<ObservedView>().WithSummary("What was last seen in an environment");
        environments.MapPost("/findings/{id}/closure", async (string env, string id, Body<EnvironmentClosureBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new CloseEnvironmentFinding(env, id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<EnvironmentView>().WithSummary("Close a finding of an environment");
    }
}
