using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.BuyOrBuild;

internal static class AdviceEndpoints
{
    public static void MapBuyOrBuild(this IEndpointRouteBuilder api)
    {
        var advice = api.MapGroup("/buy-or-build").WithTags("Buy or build");
        advice.MapPost("", async (Body<AdviceBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new GiveAdvice(body.Value), cancellationToken)).ToHttp()).Answers<AdviceView>(201).WithSummary("Ask whether to buy or to build a platform");
        advice.MapGet("", async (string? team, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListAdvice(team, page), cancellationToken)).ToHttp()).Answers<Listed<AdviceListing>>().WithSummary("Recommendations that were given");
        advice.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadAdvice(id), cancellationToken)).ToHttp()).Answers<AdviceView>().WithSummary("A recommendation, and what each of its sentences rests on");
        advice.MapGet("/{id}/export", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ExportAdvice(id), cancellationToken)).ToHttp()).Answers<AdviceExport>().WithSummary("The request and the result with all digits");
    }
}
