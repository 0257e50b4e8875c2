using MediatR;
using Microsoft.AspNetCore.Mvc;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Lineage;

internal static class LineageEndpoints
{
    public static void MapLineage(this IEndpointRouteBuilder api)
    {
        var lineage = api.MapGroup("/lineage").WithTags("Lineage");
        lineage.MapGet("", async (string? nodeId, int? depth, string? direction, string? mode, Moment? asOf, int? limit, bool? stale, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(
                    new ReadLineage(nodeId, depth ?? LineageScope.DefaultDepth, direction ?? "both", mode ?? "cumulative", asOf?.At, limit ?? LineageScope.DefaultNodes, stale ?? false), cancellationToken)).ToHttp())
            .Answers<LineageView>(200, 404).WithSummary("Where something comes from and goes to");
        lineage.MapGet("/impact", async (string? nodeId, int? depth, Moment? asOf, int? limit, bool? stale, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadImpact(nodeId, depth ?? LineageScope.DeepestDepth, asOf?.At, limit ?? 500, stale ?? false), cancellationToken)).ToHttp())
            .Answers<ImpactView>(200, 404).WithSummary("Which versions of models and which deployments rest on something, and who owns them");
        lineage.MapGet("/columns", async (string? nodeId, string? column, int? depth, string? direction, bool? stale, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadColumnLineage(nodeId, column, depth ?? LineageScope.DefaultDepth, direction ?? "upstream", stale ?? false), cancellationToken)).ToHttp())
            .Answers<ColumnLineageView>(200, 404).WithSummary("Which columns the columns of a dataset come from and go to");
        lineage.MapGet("/runs/{run}", async (string run, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadLineageRun(run), cancellationToken)).ToHttp()).Answers<LineageRunView>().WithSummary("What all events about a run come to");
        lineage.MapGet("/warnings", async (int? days, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadLineageWarnings(days ?? 7), cancellationToken)).ToHttp()).Answers<LineageWarningsView>().WithSummary("What events had wrong and were taken with, by who made them");
        foreach (var path in (string[])["", "/batch"])
        {
            lineage.MapPost(path, async (LineageContent content, IMediator mediator, CancellationToken cancellationToken) =>
                    (await mediator.Send(new ReportLineage(content.Json), cancellationToken)).ToHttp())
                .WithMetadata(new RequestSizeLimitAttribute(LineageContent.MostBytes + 1))
                .Answers<LineageReceipt>(201, 403, 422).Produces<LineageReceipt>().WithSummary("Take OpenLineage events, one or an array, as their clients send them");
        }
    }
}
