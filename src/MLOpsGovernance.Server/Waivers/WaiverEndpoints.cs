using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Waivers;

internal static class WaiverEndpoints
{
    /// <param name="Rule">Id of the rule, such as <c>REL-006</c>.</param>
    /// <param name="Version">Left out, it is for every version of the model. With it, or with <paramref name="ArtifactDigest"/>, only for what that version is now.</param>
    /// <param name="ExpiresAt">A waiver always has an end; how late, the policy says.</param>
    /// <param name="CompensatingControl">What is done instead. Some policies ask for it.</param>
    /// <param name="Ticket">An identifier from elsewhere.</param>
    internal sealed record WaiverBody(
        string Model, string Environment, string Rule, string Reason, DateTimeOffset? ExpiresAt = null, int? Version = null, string? ArtifactDigest = null, string? CompensatingControl = null, string? Ticket = null,
        string? About = null);

    internal sealed record WaiverDecisionBody(string Reason, string? About = null);

    public static void MapWaivers(this IEndpointRouteBuilder api)
    {
        var waivers = api.MapGroup("/waivers").WithTags("Waivers");
        waivers.MapPost("", async (Body<WaiverBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new RequestWaiver(body.Value.Model, body.Value.Environment, body.Value.Rule, body.Value.Version, body.Value.ArtifactDigest, body.Value.ExpiresAt, body.Value.Reason, body.Value.CompensatingControl, body.Value.Ticket, body.Value.About), cancellationToken)).ToHttp())
            .Answers<WaiverView>(201).WithSummary("Ask that a rule be waived for a while");
        waivers.MapGet("", async (string? model, string? environment, string? team, string? rule, string? state, Moment? expiringBefore, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ListWaivers(model, environment, team, rule, state, expiringBefore?.At, page), cancellationToken)).ToHttp())
            .Answers<Listed<WaiverListing>>().WithSummary("Waivers, those that end soon among them");
        waivers.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadWaiver(id), cancellationToken)).ToHttp()).Answers<WaiverView>().WithSummary("A waiver");
        waivers.MapPost("/{id}/approval", async (string id, Body<WaiverDecisionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ApproveWaiver(id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<WaiverView>().WithSummary("Approve a waiver as a second person");
        waivers.MapPost("/{id}/rejection", async (string id, Body<WaiverDecisionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RejectWaiver(id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<WaiverView>().WithSummary("Reject a waiver");
        waivers.MapPost("/{id}/withdrawal", async (string id, Body<WaiverDecisionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new WithdrawWaiver(id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<WaiverView>().WithSummary("No longer ask for a waiver");
        waivers.MapPost("/{id}/revocation", async (string id, Body<WaiverDecisionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RevokeWaiver(id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<WaiverView>().WithSummary("Revoke an approved waiver");
    }
}
