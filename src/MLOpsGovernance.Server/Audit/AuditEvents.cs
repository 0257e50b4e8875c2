using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Server.Audit;

/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Order"><c>asc</c> (default) or <c>desc</c>, by the global sequence.</param>
[AnyRole]
internal sealed record ReadAuditEvents(string? Stream, string? Actor, string? Type, DateTimeOffset? From, DateTimeOffset? To, string? Correlation, string Order, Page Page) : IQuery<Listed<AuditEvent>>, IPaged
{
    bool IPaged.NumberedCursor => true;
}

internal sealed class ReadAuditEventsRules : AbstractValidator<ReadAuditEvents>
{
    public ReadAuditEventsRules()
    {
        RuleFor(q => q.Stream).IsReference();
        RuleFor(q => q.Actor).IsReference();
        RuleFor(q => q.Type).IsReference();
        RuleFor(q => q.Correlation).IsReference();
        RuleFor(q => q.Order).IsOneOf(["asc", "desc"]).WithErrorCode("invalid-order");
    }
}

/// <param name="Sequence">Place in the order of all events; gaps mean nothing.</param>
/// <param name="Version">Place in the stream, from 1 without gaps.</param>
/// <param name="Data">The event itself; sealed texts are opened, and null where their key was destroyed.</param>
internal sealed record AuditEvent(
    Guid Id, long Sequence, string Stream, long Version, string Type, DateTimeOffset At, string Actor, string? Owner, string? CorrelationId, string? CausationId, string? TraceId, JsonNode? Data);

internal sealed class AuditReader(NpgsqlDataSource source, SettledEvents settled, SealingKeys sealing) : IRequestHandler<ReadAuditEvents, Result<Listed<AuditEvent>>>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Result<Listed<AuditEvent>>> Handle(ReadAuditEvents request, CancellationToken cancellationToken)
    {
        await using var command = Query(request, await settled.UpToAsync(Patience, cancellationToken));
        List<AuditEvent> items = [];
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) items.Add(Row(reader));
        }

        var page = items.Take(request.Page.Size).ToList();
        for (var i = 0; i < page.Count; i++) page[i] = page[i] with { Data = await sealing.OpenAllAsync(page[i].Data, cancellationToken) };
        return new Listed<AuditEvent>(page, items.Count > page.Count ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <param name="settled">Nothing is shown beyond it: whoever goes on from the last number they saw must not miss a lower one.</param>
    private NpgsqlCommand Query(ReadAuditEvents request, long settled)
    {
        var descending = request.Order == "desc";
        var command = source.CreateCommand();
        // Marten fills the numbers of a transaction that failed with tombstones, so that no reader waits for them. Nobody did them.
        var sql = new StringBuilder($"select id, seq_id, stream_id, version, type, timestamp, headers, correlation_id, causation_id, data::text from {MartenSetup.Schema}.mt_events where stream_id <> 'mt_tombstone'");
        And("seq_id <= ", settled);
        And("stream_id = ", request.Stream);
        And("headers ->> 'actor' = ", request.Actor);
        And("type = ", request.Type);
        And("correlation_id = ", request.Correlation);
        And("timestamp >= ", request.From?.ToUniversalTime());
        And("timestamp < ", request.To?.ToUniversalTime());
        if (request.Page.Cursor is not null) And(descending ? "seq_id < " : "seq_id > ", request.Page.Number);
        command.Parameters.Add(new() { Value = request.Page.Size + 1 });
        command.CommandText = sql.Append(CultureInfo.InvariantCulture, $" order by seq_id {(descending ? "desc" : "asc")} limit ${command.Parameters.Count}").ToString();
        return command;

        void And(string condition, object? value)
        {
            if (value is null) return;
            command.Parameters.Add(new() { Value = value });
            sql.Append(CultureInfo.InvariantCulture, $" and {condition}${command.Parameters.Count}");
        }
    }

    private static AuditEvent Row(NpgsqlDataReader row)
    {
        var headers = row.IsDBNull(6) ? null : JsonNode.Parse(row.GetString(6));
        return new(
            row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5),
            headers?["actor"]?.GetValue<string>() ?? "", headers?["owner"]?.GetValue<string>(), row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8),
            headers?["trace"]?.GetValue<string>(), JsonNode.Parse(row.GetString(9)));
    }
}

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api) =>
        api.MapGet("/audit/events", async (string? stream, string? actor, string? type, Moment? from, Moment? to, string? correlation, string? order, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
                (await mediator.Send(new ReadAuditEvents(stream, actor, type, from?.At, to?.At, correlation, order ?? "asc", page), cancellationToken)).ToHttp())
            .Answers<Listed<AuditEvent>>().WithTags("Audit").WithSummary("Who did what, when");
}
