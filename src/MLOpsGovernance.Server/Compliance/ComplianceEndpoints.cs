using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Compliance;

internal static class ComplianceEndpoints
{
    public static void MapCompliance(this IEndpointRouteBuilder api)
    {
        var compliance = api.MapGroup("/compliance").WithTags("Compliance");
        compliance.MapPost("/runs", async (IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RunCompliance(), cancellationToken)).ToHttp()).Answers<ComplianceRunView>(201, 403, 409).WithSummary("Judge everything that runs again");
        compliance.MapGet("/runs", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListComplianceRuns(page), cancellationToken)).ToHttp()).Answers<Listed<ComplianceRunListing>>().WithSummary("Runs, the latest first");
        compliance.MapGet("/runs/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadComplianceRun(id), cancellationToken)).ToHttp()).Answers<ComplianceRunView>().WithSummary("What a run found");
        compliance.MapGet("/estate", async (string? model, string? environment, bool? compliant, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadEstateCompliance(model, environment, compliant, page), cancellationToken)).ToHttp())
            .Answers<EstateComplianceView>().WithSummary("What the latest run found of everything that runs");
    }
}
