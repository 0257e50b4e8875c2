using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Monitoring;

internal static class MonitoringEndpoints
{
    /// <param name="Owner">Whose it is from now on; left out, the caller's.</param>
    internal sealed record AcknowledgementBody(string? Owner = null, string? Note = null, string? About = null);

    internal sealed record ResolutionBody(string Reason, string? About = null);

    public static void MapMonitoring(this IEndpointRouteBuilder api)
    {
        var monitoring = api.MapGroup("/models/{name}/versions/{version:int}/monitoring").WithTags("Monitoring");
        monitoring.MapPost("", async (string name, int version, Body<MonitoringBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReportMonitoring(name, version, body.Value), cancellationToken)).ToHttp()).Answers<MonitoringReportView>(201).WithSummary("Report how a version looks in use");
        monitoring.MapGet("", async (string name, int version, string? environment, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListMonitoring(name, version, environment, page), cancellationToken)).ToHttp()).Answers<Listed<MonitoringListing>>().WithSummary("What was reported of a version, over time");
        monitoring.MapGet("/{id}", async (string name, int version, string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadMonitoring(name, version, id), cancellationToken)).ToHttp()).Answers<MonitoringReportDetail>().WithSummary("A report with every statistic and what it was compared with");

        var incidents = api.MapGroup("/models/{name}/incidents/{id}").WithTags("Findings and incidents");
        incidents.MapPost("/acknowledgement", async (string name, string id, OptionalBody<AcknowledgementBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new AcknowledgeIncident(name, id, body.Value?.Owner, body.Value?.Note, body.Value?.About), cancellationToken)).ToHttp())
            .Answers<ModelView>().WithSummary("Take an incident on, or give it to somebody");
        incidents.MapPost("/resolution", async (string name, string id, Body<ResolutionBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ResolveIncident(name, id, body.Value.Reason, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Resolve an incident");
        api.MapGroup("/incidents").WithTags("Findings and incidents").MapGet(
                "", async (string? model, string? state, string? severity, string? owner, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                    (await mediator.Send(new ListIncidents(model, state, severity, owner, page), cancellationToken)).ToHttp())
            .Answers<Listed<IncidentListing>>().WithSummary("Incidents of all models");
    }
}
