using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Recalls;

internal static class RecallEndpoints
{
    /// <param name="Version">Only this version; left out, the whole dataset.</param>
    /// <param name="Drill">Does all of it but what has an effect.</param>
    internal sealed record DataRecallBody(string? Version = null, string? Reason = null, bool? Drill = null, string? About = null);

    public static void MapRecalls(this IEndpointRouteBuilder api)
    {
        var recalls = api.MapGroup("/datasets/{name}/recalls").WithTags("Recalls");
        recalls.MapPost("", async (string name, Body<DataRecallBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new PrepareRecall(name, body.Value.Version, body.Value.Reason, body.Value.Drill ?? false, body.Value.About), cancellationToken)).ToHttp())
            .Answers<RecallView>(201).WithSummary("See what a recall of data reaches before it is confirmed, or drill one");
        recalls.MapGet("/{id}", async (string name, string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadRecall(name, id), cancellationToken)).ToHttp()).Answers<RecallView>().WithSummary("A recall and what it reaches");
        recalls.MapPost("/{id}/confirmation", async (string name, string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ConfirmRecall(name, id), cancellationToken)).ToHttp()).Answers<RecallView>().WithSummary("Withdraw the data and open findings on everything that rests on it");
        api.MapGet("/recalls", async ([AsParameters] Page page, string? dataset, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListRecalls(page, dataset), cancellationToken)).ToHttp()).WithTags("Recalls").Answers<Listed<RecallListing>>().WithSummary("All recalls and drills");
    }
}
