using System.Globalization;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Audit;

/// <param name="Order"><c>asc</c> (default) or <c>desc</c>, by the global sequence.</param>
[AnyRole]
internal sealed record ReadAuditEvents(TrailFilter Filter, string Order, Page Page) : IQuery<Listed<AuditEvent>>, IPaged, IWatched
{
    bool IPaged.NumberedCursor => true;
}

internal sealed class ReadAuditEventsRules : AbstractValidator<ReadAuditEvents>
{
    public ReadAuditEventsRules()
    {
        RuleFor(q => q.Filter).SetValidator(new TrailFilterRules()).OverridePropertyName("");
        RuleFor(q => q.Order).IsOneOf(["asc", "desc"]).WithErrorCode("invalid-order");
    }
}

/// <param name="Sequence">Place in the order of all events; gaps mean nothing.</param>
/// <param name="Version">Place in the stream, from 1 without gaps.</param>
/// <param name="Data">The event itself; sealed texts are opened, and read <c>[erased]</c> where their key was destroyed.</param>
/// <param name="Proof">Where the proof that the log holds it can be read.</param>
internal sealed record AuditEvent(
    Guid Id, long Sequence, string Stream, long Version, string Type, DateTimeOffset At, string Actor, string? Owner, string? CorrelationId, string? CausationId, string? TraceId, JsonNode? Data, string Proof);

internal sealed class AuditReader(Trail trail) : IRequestHandler<ReadAuditEvents, Result<Listed<AuditEvent>>>
{
    public async Task<Result<Listed<AuditEvent>>> Handle(ReadAuditEvents request, CancellationToken cancellationToken)
    {
        var page = request.Page;
        var items = await trail.ReadAsync(request.Filter, request.Order == "desc", page.Cursor is null ? null : page.Number, page.Size, null, cancellationToken);
        return new Listed<AuditEvent>([.. items.Take(page.Size)], items.Count > page.Size ? items[page.Size - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }
}

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");
        audit.MapGet("/events", async (string? stream, string? actor, string? type, Moment? from, Moment? to, string? text, string? correlation, string? order, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadAuditEvents(new(stream, actor, type, from?.At, to?.At, correlation, text), order ?? "asc", page), cancellationToken)).ToHttp())
            .Answers<Listed<AuditEvent>>().WithSummary("Who did what, when");
        audit.MapGet("/export", async (string? format, string? stream, string? actor, string? type, Moment? from, Moment? to, string? text, string? correlation, HttpContext context, IMediator mediator, CancellationToken cancellationToken) =>
                FileAnswer.ToHttp(await mediator.Send(new ExportEvents(new(stream, actor, type, from?.At, to?.At, correlation, text), format ?? "jsonl"), cancellationToken), context))
            .Answers<string>(200, 403, 404).WithSummary("Events with the proof of each, as JSON Lines or CSV");
        audit.MapGet("/live", async (string? environment, Moment? asOf, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadLive(environment ?? "", asOf?.At, page), cancellationToken)).ToHttp())
            .Answers<LiveView>(200, 404).WithSummary("What was live on a day, approved by whom, under which policy set");
        audit.MapGet("/accesses", async (string? subject, string? what, Moment? from, Moment? to, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadAccesses(subject, what, from?.At, to?.At, page), cancellationToken)).ToHttp())
            .Answers<Listed<AccessView>>(200, 403).WithSummary("Who read the audit trail, and what of it");
    }
}
