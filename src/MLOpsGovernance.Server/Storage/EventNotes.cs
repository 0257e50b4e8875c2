using JasperFx.Events;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Writes an event's origin beside it: actor, owner of the credential, trace, idempotency key, correlation and causation.</summary>
internal static class EventNotes
{
    public static void Describe(IEvent e, EventContext context)
    {
        e.SetHeader("actor", context.Actor);
        if (context.Owner is not null) e.SetHeader("owner", context.Owner);
        if (context.Trace is not null) e.SetHeader("trace", context.Trace);
        if (context.Key is not null) e.SetHeader("command", context.Key);
        if (context.Body is not null) e.SetHeader("body", context.Body);
        e.CorrelationId = context.Correlation;
        e.CausationId = context.Causation;
    }
}
