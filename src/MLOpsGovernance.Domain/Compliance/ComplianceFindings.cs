using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Compliance;

/// <summary>A rule that does not hold for something that runs.</summary>
/// <param name="FindingId">The id of the finding, where it opens one.</param>
/// <param name="Owner">Who has to remedy it; null is the team.</param>
public sealed record FoundFailure(string FindingId, Sealed? Title, string Severity, string Deployment, string Rule, int Version, string? Owner)
{
    /// <summary>The same failure has the same cause, however often it is judged: the finding that it opened is known by it.</summary>
    public string Cause => ComplianceFindings.Cause(Deployment, Rule);
}

/// <summary>What judging everything that runs of a model again came to; what was found before and is left out holds again, or runs no more.</summary>
/// <param name="Found">Every failure of this model, judged by the caller under a guard on the model's stream.</param>
public sealed record NoteCompliance(DateTimeOffset JudgedAt, IReadOnlyList<FoundFailure> Found) : ModelCommand;

/// <summary>One open finding for each live deployment and rule that does not hold. Whatever is found, nothing is stopped by it; and only people close it.</summary>
public static class ComplianceFindings
{
    public const string Kind = "not-compliant:";

    public static string Cause(string deployment, string rule) => $"{Kind}{deployment}:{rule}";

    public static bool IsCause(string cause) => cause.StartsWith(Kind, StringComparison.Ordinal);

    internal static Decision Note(Model model, NoteCompliance note, Actor actor, DateTimeOffset at)
    {
        if (!actor.IsSystem) return Forbidden("judged-by-service-only", "What runs is judged again by the service itself; ask for a run.");
        if (note.Found.FirstOrDefault(f => !model.Versions.ContainsKey(f.Version)) is { } unknown) return ModelDecider.UnknownVersion(model, unknown.Version);
        var open = model.Findings.Where(f => f.IsOpen && IsCause(f.Cause)).Select(f => (f.Id, f.Cause, f.VanishedAt));
        var owners = note.Found.DistinctBy(f => f.Cause, StringComparer.Ordinal).ToDictionary(f => f.Cause, f => f.Owner, StringComparer.Ordinal);
        var found = note.Found.Select(f => new FoundDiscrepancy(f.FindingId, f.Title, f.Severity, f.Cause, f.Version)).ToList();
        return Accept([.. ObservationRules.Changes(open, found, note.JudgedAt, actor, at, f =>
            new FindingOpened(f.FindingId, f.Title, f.Severity, f.Version, f.Cause, actor.Subject, at, owners[f.Cause], FindingDue.After(at, f.Severity)))]);
    }

    /// <summary>Who remedies what does not hold of a version: the person who registered it, else the first of its authors who is a person.</summary>
    public static string? OwnerOf(ModelVersion version) => version.HumanAuthors.Contains(version.RegisteredBy) ? version.RegisteredBy : version.HumanAuthors.FirstOrDefault();
}
