using MediatR;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.AuditSamples;

internal static class AuditSampleEndpoints
{
    /// <param name="Population">All that the log holds by now, unless it is narrowed.</param>
    /// <param name="Seed">Published before the draw.</param>
    /// <param name="Count">1 to 500.</param>
    internal sealed record SampleBody(string Seed, int Count, PopulationBody? Population = null);

    /// <param name="From">Inclusive.</param>
    /// <param name="To">Exclusive.</param>
    internal sealed record PopulationBody(string? Stream = null, string? Actor = null, string? Type = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

    /// <param name="Result">in-order, exception or not-applicable.</param>
    internal sealed record SampleCheckBody(string Result, string? Comment = null, string? About = null);

    public static void MapAuditSamples(this IEndpointRouteBuilder api)
    {
        var samples = api.MapGroup("/audit/samples").WithTags("Audit");
        samples.MapPost("", async (Body<SampleBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            {
                var p = body.Value.Population ?? new();
                return (await mediator.Send(new DrawSample(new(p.Stream, p.Actor, p.Type, p.From, p.To, null, null), body.Value.Seed, body.Value.Count), cancellationToken)).ToHttp();
            })
            .Answers<AuditSampleView>(201).WithSummary("Draw events for an audit, by a published seed");
        samples.MapGet("", async ([AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListSamples(page), cancellationToken)).ToHttp()).Answers<Listed<AuditSampleListing>>(200, 403).WithSummary("Samples that were drawn");
        samples.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ReadSample(id), cancellationToken)).ToHttp()).Answers<AuditSampleView>(200, 403).WithSummary("The working paper of a sample");
        samples.MapGet("/{id}/paper", async (string id, string? format, HttpContext context, IMediator mediator, CancellationToken cancellationToken) =>
                FileAnswer.ToHttp(await mediator.Send(new ExportSample(id, format ?? "csv"), cancellationToken), context))
            .Answers<string>(200, 403).WithSummary("The working paper as a file");
        samples.MapPut("/{id}/events/{event}", async (string id, string @event, Body<SampleCheckBody> body, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new CheckSample(id, @event, body.Value.Result, body.Value.Comment, body.Value.About), cancellationToken)).ToHttp())
            .Answers<AuditSampleView>().WithSummary("Say what a drawn event shows");
    }
}
