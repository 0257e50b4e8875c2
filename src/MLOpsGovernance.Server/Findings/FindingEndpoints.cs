using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;

namespace MLOpsGovernance.Server.Findings;

internal static class FindingEndpoints
{
    internal sealed record FindingBody(string Title, string Severity, int? Version = null, string? About = null);

    internal sealed record ClosureBody(string Reason, string? About = null);

    internal sealed record IncidentBody(string Title, string Severity, int? Version = null, string? Environment = null, string? About = null);

    public static void MapFindings(this IEndpointRouteBuilder api)
    {
        var model = api.MapGroup("/models/{name}").WithTags("Findings and incidents");
        model.MapPost("/findings", async (string name, Body<FindingBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new OpenFinding(name, body.Value.Title, body.Value.Severity, body.Value.Version, body.Value.About), cancellationToken)).ToHttp()).Answers<OpenedAnswer>(201).WithSummary("Open a finding");
        model.MapPost("/findings/{id}/closure", async (string name, string id, Body<ClosureBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new CloseFinding(name, id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Close a finding");
        model.MapPost("/incidents", async (string name, Body<IncidentBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReportIncident(name, body.Value.Title, body.Value.Severity, body.Value.Version, body.Value.Environment, body.Value.About), cancellationToken)).ToHttp())
            .Answers<OpenedAnswer>(201).WithSummary("Report an incident");
    }
}
