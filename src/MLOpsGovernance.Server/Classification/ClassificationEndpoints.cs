using MediatR;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Classification;

internal static class ClassificationEndpoints
{
    /// <param name="Reason">Left out, the one it was proposed with stays.</param>
    internal sealed record ClassConfirmationBody(string? Reason = null, string? About = null);

    public static void MapClassification(this IEndpointRouteBuilder api)
    {
        var classes = api.MapGroup("").WithTags("Classification");
        classes.MapPost("/models/{name}/risk/confirmation", async (string name, OptionalBody<ClassConfirmationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ConfirmRisk(name, body.Value?.Reason, body.Value?.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Confirm a model's risk class as proposed");
        classes.MapPost("/datasets/{name}/classification/confirmation", async (string name, OptionalBody<ClassConfirmationBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ConfirmDatasetClass(name, body.Value?.Reason, body.Value?.About), cancellationToken)).ToHttp()).Answers<DatasetView>().WithSummary("Confirm a dataset's class as proposed");
        classes.MapGet("/classifications", async (bool? lowered, string? kind, string? name, Moment? from, Moment? to, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ListClassifications(lowered, kind, name, from?.At, to?.At, page), cancellationToken)).ToHttp())
            .Answers<Listed<ClassificationListing>>().WithSummary("Classes as they were confirmed, in the order of time; the lowered ones by themselves");
    }
}
