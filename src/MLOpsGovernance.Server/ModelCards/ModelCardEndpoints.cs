using System.Text.Json.Nodes;
using MediatR;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.ModelCards;

internal static class ModelCardEndpoints
{
    public static void MapModelCards(this IEndpointRouteBuilder api)
    {
        var versions = api.MapGroup("/models/{name}/versions/{version:int}").WithTags("Model cards");
        versions.MapGet("/ml-bom", async (string name, int version, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadMlBom(name, version), cancellationToken)).ToHttp())
            .Answers<JsonObject>().WithSummary("The bill of materials of a version, CycloneDX 1.6");
        versions.MapGet("/model-card", async (string name, int version, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadModelCard(name, version), cancellationToken)).ToHttp()).Answers<JsonObject>().WithSummary("The card of a version, as of the Model Card Toolkit");
        versions.MapGet("/model-card.md", async (string name, int version, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var card = await mediator.Send(new ReadModelCardText(name, version), cancellationToken);
                return card.Value is { } text ? Results.Text(text, "text/markdown; charset=utf-8") : card.ToHttp();
            })
            .Answers<string>().WithSummary("The card of a version, in Markdown");
    }
}
