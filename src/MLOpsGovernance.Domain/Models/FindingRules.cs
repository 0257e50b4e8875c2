using MLOpsGovernance.Domain.Findings;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Models;

/// <summary>Findings and incidents. Opening is open to all who may write; closing needs somebody who had no hand in it.</summary>
internal static class FindingRules
{
    internal static Decision Open(Model model, OpenFinding open, Actor actor, DateTimeOffset at) =>
        open.Version is { } number && !model.Versions.ContainsKey(number) ? UnknownVersion(model, number)
        : RemedyRules.Faulty(open.Owner, open.OwnerKnown, open.Due, at)
            ?? Accept(new FindingOpened(
                open.Id, open.Title, open.Severity, open.Version, "reported", actor.Subject, at, open.Owner, open.Due ?? FindingDue.After(at, open.Severity), open.Plan, actor.Owner));

    internal static Decision Close(Model model, CloseFinding close, Actor actor, DateTimeOffset at)
    {
        if (model.Findings.Find(f => f.Id == close.Id) is not { } finding) return RemedyRules.Unknown(model, close.Id);
        if (!finding.IsOpen) return Conflict("finding-closed", $"Finding {close.Id} is closed already.");
        if (!actor.Human) return Forbidden("closer-not-human", "A finding is closed by a person, never by a pipeline.");

        var authors = finding.Version is { } number ? model.Versions[number].Authors : [.. model.Versions.Values.SelectMany(v => v.Authors)];
        var glass = model.BreakGlasses.Find(b => b.Cause == finding.Cause);
        return actor.Parties.Any(authors.Contains) ? Forbidden("closer-is-author", $"{actor.Subject} had a hand in what the finding is about; somebody else must close it.")
            : glass is not null && actor.Parties.Any(glass.Hands.Contains) ? Forbidden("closer-broke-the-glass", $"{actor.Subject} asked for or agreed to the break-glass that the finding is about; somebody else must close it.")
            : RemedyRules.Alone(finding, actor) ?? Accept(new FindingClosed(close.Id, close.Reason, actor.Subject, at, close.Evidence));
    }

    internal static Decision Report(Model model, ReportIncident incident, Actor actor, DateTimeOffset at) =>
        incident.Version is { } number && !model.Versions.ContainsKey(number) ? UnknownVersion(model, number)
        : Accept(new IncidentReported(incident.Id, incident.Title, incident.Severity, incident.Version, incident.Environment, actor.Subject, at));
}
