using MediatR;
using MLOpsGovernance.Server.Findings;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;

namespace MLOpsGovernance.Server.Validations;

internal static class ValidationEndpoints
{
    /// <param name="Conclusion">fit, fit-with-conditions or unfit.</param>
    /// <param name="Evidence">Digests of the documents that it rests on.</param>
    /// <param name="Conditions">Only with fit-with-conditions; each with an owner and a due date.</param>
    /// <param name="ValidUntil">Left out, the tier says how long it counts.</param>
    internal sealed record ValidationBody(
        string Scope, string Conclusion, string? Limitations = null, IReadOnlyList<string>? Evidence = null, IReadOnlyList<ConditionWish>? Conditions = null, DateTimeOffset? ValidUntil = null,
        string? About = null);

    internal sealed record FulfilmentBody(string Reason, IReadOnlyList<string>? Evidence = null, string? About = null);

    internal sealed record ConfirmationBody(string Reason, string? About = null);

    public static void MapValidations(this IEndpointRouteBuilder api)
    {
        var version = api.MapGroup("/models/{name}/versions/{version:int}").WithTags("Validations");
        version.MapPost("/validations", async (string name, int version, Body<ValidationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ValidateVersion(
                    name, version, body.Value.Scope, body.Value.Conclusion, body.Value.Limitations, body.Value.Evidence ?? [], body.Value.Conditions ?? [], body.Value.ValidUntil, body.Value.About), cancellationToken)).ToHttp())
            .Answers<OpenedAnswer>(201).WithSummary("Record what a validation found");
        version.MapPost("/conditions/{id}/fulfilment", async (string name, int version, string id, Body<FulfilmentBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReportCondition(name, version, id, body.Value.Evidence ?? [], body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<VersionView>().WithSummary("Say that a condition is fulfilled, as its owner");
        version.MapPost("/conditions/{id}/confirmation", async (string name, int version, string id, Body<ConfirmationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ConfirmCondition(name, version, id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp())
            .Answers<VersionView>().WithSummary("Agree that somebody else's condition is met");
    }
}
