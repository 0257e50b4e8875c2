using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Monitoring;

/// <summary>Somebody takes an incident on, from then on it is theirs.</summary>
public sealed record IncidentAcknowledged(string Id, string Owner, Sealed? Note, string By, DateTimeOffset At);

public sealed record IncidentResolved(string Id, Sealed? Reason, string By, DateTimeOffset At);

/// <summary>An incident is reported, taken on by a person, and resolved.</summary>
internal static class IncidentRules
{
    internal static Decision Acknowledge(Model model, AcknowledgeIncident acknowledge, Actor actor, DateTimeOffset at) =>
        model.Incidents.Find(i => i.Id == acknowledge.Id) is not { } incident ? Unknown(model, acknowledge.Id)
        : !incident.IsOpen ? Conflict("incident-resolved", $"Incident {incident.Id} is resolved already.")
        : !actor.Human ? Forbidden("acknowledger-not-human", "An incident is taken on by a person, never by a pipeline.")
        : !acknowledge.OwnerKnown ? Unprocessable("unknown-owner", $"{acknowledge.Owner} is not known as a person: an owner must have signed in or be a member of a team.")
        : incident.AcknowledgedAt is not null && incident.Owner == (acknowledge.Owner ?? actor.Subject) ? Conflict("incident-acknowledged", $"Incident {incident.Id} is {incident.Owner}'s already.")
        : Accept(new IncidentAcknowledged(incident.Id, acknowledge.Owner ?? actor.Subject, acknowledge.Note, actor.Subject, at));

    internal static Decision Resolve(Model model, ResolveIncident resolve, Actor actor, DateTimeOffset at) =>
        model.Incidents.Find(i => i.Id == resolve.Id) is not { } incident ? Unknown(model, resolve.Id)
        : !incident.IsOpen ? Conflict("incident-resolved", $"Incident {incident.Id} is resolved already.")
        : !actor.Human ? Forbidden("resolver-not-human", "An incident is resolved by a person, never by a pipeline.")
        : incident.AcknowledgedAt is null ? Conflict("incident-not-acknowledged", $"Nobody has taken incident {incident.Id} on; acknowledge it first.")
        : Accept(new IncidentResolved(incident.Id, resolve.Reason, actor.Subject, at));

    internal static Model Acknowledge(this Model model, IncidentAcknowledged e) =>
        model.Change(e.Id, i => i with { Owner = e.Owner, AcknowledgedBy = i.AcknowledgedBy ?? e.By, AcknowledgedAt = i.AcknowledgedAt ?? e.At });

    internal static Model Resolve(this Model model, IncidentResolved e) => model.Change(e.Id, i => i with { ResolvedBy = e.By, ResolvedAt = e.At, Resolution = e.Reason });

    private static Model Change(this Model model, string id, Func<Incident, Incident> change) => model with { Incidents = model.Incidents.ConvertAll(i => i.Id == id ? change(i) : i) };

    private static Decision Unknown(Model model, string id) => NotFound("incident-unknown", $"{model.Name} has no incident {id}.");
}
