using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Observations;

/// <summary>What an observation of an environment says about one model. A retired model may still run, so it is told as well.</summary>
internal static class ObservedFindings
{
    internal static Decision Note(Model model, NoteDiscrepancies note, Actor actor, DateTimeOffset at)
    {
        if (note.Found.FirstOrDefault(f => f.Version is { } number && !model.Versions.ContainsKey(number)) is { } unknown) return ModelDecider.UnknownVersion(model, unknown.Version!.Value);
        var open = model.Findings.Where(f => f.IsOpen && Discrepancy.IsCause(f.Cause, note.Environment)).Select(f => (f.Id, f.Cause, f.VanishedAt));
        return Accept([.. ObservationRules.Changes(open, note.Found, note.ObservedAt, actor, at, f => new FindingOpened(f.FindingId, f.Title, f.Severity, f.Version, f.Cause, actor.Subject, at))]);
    }
}
