using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Recalls;

/// <param name="FindingId">The id of the finding that it opens.</param>
/// <param name="Live">Whether the version is at work somewhere.</param>
public sealed record RecalledFinding(string FindingId, Sealed? Title, int Version, bool Live);

/// <summary>Data that versions of a model rest on was recalled.</summary>
public sealed record NoteRecall(string Recall, IReadOnlyList<RecalledFinding> Found) : ModelCommand;

/// <summary>One finding for each version and recall, however often it is said. It shuts the gate by its severity, whichever way the data reached the version, and its owner has to see to it.</summary>
public static class RecallFindings
{
    public const string Kind = "recalled-data:";

    public static string Cause(string recall, int version) => $"{Kind}{recall}:{version}";

    internal static Decision Note(Model model, NoteRecall note, Actor actor, DateTimeOffset at)
    {
        if (note.Found.FirstOrDefault(f => !model.Versions.ContainsKey(f.Version)) is { } unknown) return ModelDecider.UnknownVersion(model, unknown.Version);
        var known = model.Findings.Select(f => f.Cause).ToHashSet(StringComparer.Ordinal);
        return Accept([.. note.Found.Where(f => known.Add(Cause(note.Recall, f.Version))).Select(f => Opened(model, note.Recall, f, actor, at))]);
    }

    private static FindingOpened Opened(Model model, string recall, RecalledFinding found, Actor actor, DateTimeOffset at)
    {
        var severity = found.Live ? "critical" : "high";
        return new(
            found.FindingId, found.Title, severity, found.Version, Cause(recall, found.Version), actor.Subject, at, ComplianceFindings.OwnerOf(model.Versions[found.Version]), FindingDue.After(at, severity), null, actor.Owner);
    }
}
