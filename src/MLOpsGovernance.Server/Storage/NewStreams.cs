using Marten;
using Marten.Events;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Begins many streams of one event each with two statements instead of two for each: what the gate decides makes such streams by the thousand, and PostgreSQL works longer on a statement than on a row.
/// The rows are those that Marten would write. An id that is taken refuses the transaction as Marten's own statement would.
/// </summary>
internal static class NewStreams
{
    private const string
        Streams = $"insert into {MartenSetup.Schema}.mt_streams (id, type, version, tenant_id) select s.id, s.type, 1, ? from unnest(?, ?) as s (id, type)",
        Events = $"""
            insert into {MartenSetup.Schema}.mt_events (seq_id, version, timestamp, tenant_id, id, stream_id, type, mt_dotnet_type, correlation_id, causation_id, data, headers)
            select nextval('{MartenSetup.Schema}.mt_events_sequence'), 1, ?, ?, e.id, e.stream_id, e.type, e.mt_dotnet_type, e.correlation_id, e.causation_id, e.data::jsonb, e.headers::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?) as e (id, stream_id, type, mt_dotnet_type, correlation_id, causation_id, data, headers)
            """;

    /// <summary>Whether the append may be stored this way: it begins a stream with one event, and nothing else depends on the order of statements.</summary>
    public static bool Takes(Append append) => append is { ExpectedVersion: 0, Events.Count: 1, Guards.Count: 0, Beside: null };

    /// <summary>Queues the rows; they are stored with whatever else the session stores.</summary>
    public static void Begin(IDocumentSession session, IDocumentStore store, IReadOnlyList<Append> appends)
    {
        var (serializer, graph) = (store.Options.Serializer(), (EventGraph)((StoreOptions)store.Options).Events);
        var events = appends.Select(append =>
        {
            var e = session.Events.BuildEvent(append.Events[0]);
            e.Id = Guid.CreateVersion7();
            EventNotes.Describe([e], append.Context);
            return e;
        }).ToArray();
        var streams = appends.Select(a => a.Stream).ToArray();
        session.QueueSqlCommand(Streams, session.TenantId, streams, appends.Select(a => graph.AggregateAliasFor(a.State)).ToArray());
        session.QueueSqlCommand(Events, graph.TimeProvider.GetUtcNow(), session.TenantId,
            events.Select(e => e.Id).ToArray(), streams, events.Select(e => e.EventTypeName).ToArray(), events.Select(e => e.DotNetTypeName).ToArray(),
            events.Select(e => e.CorrelationId).ToArray(), events.Select(e => e.CausationId).ToArray(),
            events.Select(e => serializer.ToJson(e.Data)).ToArray(), events.Select(e => serializer.ToJson(e.Headers)).ToArray());
    }
}
