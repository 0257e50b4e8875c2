using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Findings;

internal static class FindingEndpoints
{
    /// <param name="Owner">Who has to remedy it; nobody where it is left out.</param>
    /// <param name="Due">Left out, the severity says: critical 7 days, high 30, medium 90, low 180.</param>
    /// <param name="Plan">How it is to be remedied.</param>
    internal sealed record FindingBody(
        string Title, string Severity, int? Version = null, string? About = null, string? Owner = null, DateTimeOffset? Due = null, string? Plan = null);

    /// <param name="Evidence">Digests of what shows that it is remedied.</param>
    internal sealed record ClosureBody(string Reason, string? About = null, IReadOnlyList<string>? Evidence = null);

    /// <summary>What is left out stays as it is.</summary>
    internal sealed record RemedyBody(string? Owner = null, DateTimeOffset? Due = null, string? Plan = null, string? About = null);

    internal sealed record ReopeningBody(string Reason, DateTimeOffset? Due = null, string? About = null);

    internal sealed record IncidentBody(string Title, string Severity, int? Version = null, string? Environment = null, string? About = null);

    public static void MapFindings(this IEndpointRouteBuilder api)
    {
        var model = api.MapGroup("/models/{name}").WithTags("Findings and incidents");
        api.MapGroup("/findings").WithTags("Findings and incidents").MapGet(
                "", async (bool? open, string? owner, bool? overdue, string? severity, string? model, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                    (await mediator.Send(new ListFindings(open, owner, overdue, severity, model, page), cancellationToken)).ToHttp())
            .Answers<Listed<FindingListing>>().WithSummary("Findings of all models, by age");
        model.MapPost("/findings", async (string name, Body<FindingBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new OpenFinding(name, body.Value.Title, body.Value.Severity, body.Value.Version, body.Value.Owner, body.Value.Due, body.Value.Plan, body.Value.About), cancellationToken)).ToHttp())
            .Answers<OpenedAnswer>(201).WithSummary("Open a finding");
        model.MapPost("/findings/{id}/closure", async (string name, string id, Body<ClosureBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new CloseFinding(name, id, body.Value.Reason, body.Value.Evidence ?? [], body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Close a finding");
        model.MapPut("/findings/{id}", async (string name, string id, Body<RemedyBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ChangeFinding(name, id, body.Value.Owner, body.Value.Due, body.Value.Plan, body.Value.About), cancellationToken)).ToHttp())
            .Answers<ModelView>().WithSummary("Give a finding to somebody, date it, or plan its remedy");
        model.MapPost("/findings/{id}/reopening", async (string name, string id, Body<ReopeningBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReopenFinding(name, id, body.Value.Reason, body.Value.Due, body.Value.About), cancellationToken)).ToHttp()).Answers<ModelView>().WithSummary("Open a closed finding again");
        model.MapPost("/incidents", async (string name, Body<IncidentBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReportIncident(name, body.Value.Title, body.Value.Severity, body.Value.Version, body.Value.Environment, body.Value.About), cancellationToken)).ToHttp())
            .Answers<OpenedAnswer>(201).WithSummary("Report an incident");
    }
}
