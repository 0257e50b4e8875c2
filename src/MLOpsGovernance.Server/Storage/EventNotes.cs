using JasperFx.Events;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Validations;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Writes an event's origin beside it: actor, owner of the credential, trace, idempotency key, correlation and causation.</summary>
internal static class EventNotes
{
    /// <summary>What only ever follows from something else: stored together with it, it is caused by it.</summary>
    private static readonly HashSet<Type> Consequences =
    [
        typeof(ApprovalSuperseded), typeof(ValidationSuperseded), typeof(FindingOpened), typeof(EnvironmentFindingOpened), typeof(DiscrepancyVanished), typeof(DiscrepancyReturned), typeof(TakedownAsked),
    ];

    /// <param name="events">What one append stores, in its order.</param>
    public static void Describe(IReadOnlyList<IEvent> events, EventContext context)
    {
        var first = events[0];
        if (first.Id == Guid.Empty) first.Id = Guid.CreateVersion7();
        foreach (var e in events) Describe(e, context, e == first || !Consequences.Contains(e.EventType) ? context.Causation : context.Causation ?? first.Id.ToString());
    }

    private static void Describe(IEvent e, EventContext context, string? causation)
    {
        e.SetHeader("actor", context.Actor);
        if (context.Owner is not null) e.SetHeader("owner", context.Owner);
        if (context.Trace is not null) e.SetHeader("trace", context.Trace);
        if (context.Key is not null) e.SetHeader("command", context.Key);
        if (context.Body is not null) e.SetHeader("body", context.Body);
        e.CorrelationId = context.Correlation;
        e.CausationId = causation;
    }
}
