using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Validations;

namespace MLOpsGovernance.Server.Approvals;

internal static class ApprovalEndpoints
{
    internal sealed record ReviewBody(string? Note = null, string? About = null);

    /// <param name="Outcome">approved, approved-with-conditions or rejected.</param>
    /// <param name="ValidUntil">At most 12 months from now, 6 for tier 1; that is also the default.</param>
    /// <param name="Validation">Id of the validation that it rests on.</param>
    /// <param name="Conditions">With approved-with-conditions, and only then; each with an owner and a due date.</param>
    internal sealed record ApprovalBody(
        string Outcome, string Role, string Reason, DateTimeOffset? ValidUntil = null, string? About = null, string? Validation = null, IReadOnlyList<ConditionWish>? Conditions = null);

    internal sealed record RevocationBody(string Reason, string? About = null);

    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        var all = api.MapGroup("/approvals").WithTags("Approvals");
        all.MapGet("/patterns", async (Moment? from, Moment? to, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadApprovalPatterns(from?.At, to?.At), cancellationToken)).ToHttp()).Answers<ApprovalPatternsView>(200, 403).WithSummary("Approvals that are worth a second look");
        all.MapGet("/forecast", async (string? model, int? version, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadApprovalForecast(model, version), cancellationToken)).ToHttp()).Answers<ApprovalForecastView>(200, 404, 409).WithSummary("How long a review is likely to take, where history says anything");
        var version = api.MapGroup("/models/{name}/versions/{version:int}").WithTags("Approvals");
        version.MapPost("/reviews", async (string name, int version, OptionalBody<ReviewBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RequestReview(name, version, body.Value?.Note, body.Value?.About), cancellationToken)).ToHttp()).Answers<VersionView>(201).WithSummary("Ask for a review");
        version.MapPost("/approvals", async (string name, int version, Body<ApprovalBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ApproveVersion(
                    name, version, body.Value.Outcome, body.Value.Role, body.Value.Reason, body.Value.ValidUntil, body.Value.Validation, body.Value.Conditions ?? [], body.Value.About), cancellationToken)).ToHttp())
            .Answers<ApprovalAnswer>(201).WithSummary("Approve or reject a version under review");
        version.MapPost("/approvals/{id}/revocation", async (string name, int version, string id, Body<RevocationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RevokeApproval(name, version, id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<VersionView>().WithSummary("Take an approval back");
    }
}
