using MediatR;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Deployments;

internal static class DeploymentEndpoints
{
    internal sealed record DeploymentBody(string Model, int Version, string Environment, string DecisionId);

    /// <param name="Outcome">succeeded or failed.</param>
    /// <param name="Evidence">Digests of what shows it.</param>
    /// <param name="Ended">Whether a shadow or canary is over; left out, one that failed is.</param>
    internal sealed record OutcomeBody(string Outcome, string? Reason = null, IReadOnlyList<string>? Evidence = null, bool? Ended = null, string? About = null);

    /// <param name="Minutes">1 to 1440; 240 by default.</param>
    internal sealed record BreakGlassBody(string Environment, string Reason, int? Minutes = null, string? About = null);

    internal sealed record AgreementBody(string Reason, string? About = null);

    public static void MapDeployments(this IEndpointRouteBuilder api)
    {
        var deployments = api.MapGroup("").WithTags("Deployments");
        deployments.MapPost("/deployments", async (Body<DeploymentBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RecordDeployment(body.Value.Model, body.Value.Version, body.Value.Environment, body.Value.DecisionId), cancellationToken)).ToHttp())
            .Answers<DeploymentView>(201).WithSummary("Record a deployment on an allowed decision");
        deployments.MapPost("/models/{name}/deployments/{id}/outcome", async (string name, string id, Body<OutcomeBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ConcludeDeployment(name, id, body.Value.Outcome, body.Value.Reason, body.Value.Evidence ?? [], body.Value.Ended, body.Value.About), cancellationToken)).ToHttp())
            .Answers<DeploymentView>().WithSummary("Say how a deployment went");
        deployments.MapGet("/environments/{env}/deployments", async (string env, Moment? asOf, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListDeployments(env, asOf?.At, page), cancellationToken)).ToHttp()).Answers<DeploymentList>().WithSummary("What is, or was, live in an environment");
        deployments.MapPost("/models/{name}/versions/{version:int}/break-glass", async (string name, int version, Body<BreakGlassBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RequestBreakGlass(name, version, body.Value.Environment, body.Value.Reason, body.Value.Minutes ?? BreakGlass.DefaultMinutes, body.Value.About), cancellationToken)).ToHttp())
            .Answers<OpenedAnswer>(201).WithSummary("Ask for break-glass");
        deployments.MapPost("/models/{name}/versions/{version:int}/break-glass/{id}/approval", async (string name, int version, string id, Body<AgreementBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ApproveBreakGlass(name, version, id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Agree to a break-glass");
    }
}
