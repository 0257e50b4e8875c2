using MediatR;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.PolicyChecks;

internal static class PolicyCheckEndpoints
{
    /// <param name="Action"><c>deploy</c> (default), <c>promote</c> or <c>rollback</c>.</param>
    /// <param name="Stage"><c>full</c> (default), <c>canary</c> or <c>shadow</c>: how much of the traffic it is to answer.</param>
    /// <param name="DryRun">A dry run is recorded, but can never be deployed on.</param>
    internal sealed record CheckBody(string Model, int Version, string Environment, string ArtifactDigest, string? Action = null, bool? DryRun = null, string? Stage = null);

    public static void MapPolicyChecks(this IEndpointRouteBuilder api)
    {
        var checks = api.MapGroup("/policy-checks").WithTags("Policy checks");
        checks.MapPost("", async (Body<CheckBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new CheckPolicy(body.Value.Model, body.Value.Version, body.Value.Environment, body.Value.Action ?? "deploy", body.Value.ArtifactDigest, body.Value.DryRun ?? false, body.Value.Stage), cancellationToken)).ToHttp())
            .Answers<DecisionView>(200, 403, 422, 429).RequireRateLimiting(CheckLimit.Name).WithSummary("May this version go to this environment?");
        checks.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadDecision(id), cancellationToken)).ToHttp()).Answers<DecisionView>().WithSummary("A past decision");
        checks.MapPost("/{id}/replay", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReplayDecision(id), cancellationToken)).ToHttp()).Answers<ReplayView>(200, 404, 409).WithSummary("Make a past decision again and compare");
    }
}
