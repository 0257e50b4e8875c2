using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Compliance;

/// <summary>What does not hold for something that runs.</summary>
/// <param name="FindingId">The id of the finding, where it opens one.</param>
/// <param name="What">What the finding is about, as <see cref="ComplianceSubjects"/> names it.</param>
/// <param name="Owner">Who has to remedy it; null is the team.</param>
public sealed record FoundFailure(string FindingId, Sealed? Title, string Severity, string Deployment, string What, int Version, string? Owner)
{
    /// <summary>The same failure has the same cause, however often it is judged: the finding that it opened is known by it.</summary>
    public string Cause => ComplianceFindings.Cause(Deployment, What);
}

/// <summary>What judging everything that runs of a model again came to; what was found before and is left out holds again, or runs no more.</summary>
/// <param name="Found">Every failure of this model, judged by the caller under a guard on the model's stream.</param>
/// <param name="Takedowns">What a policy wants gone because it does not hold.</param>
public sealed record NoteCompliance(DateTimeOffset JudgedAt, IReadOnlyList<FoundFailure> Found, IReadOnlyList<FoundTakedown> Takedowns) : ModelCommand;

/// <summary>One open finding for each live deployment and what does not hold of it. Only people close it, and nothing is stopped unless a policy says so.</summary>
public static class ComplianceFindings
{
    /// <summary>What is done is done by the service, whoever asked for it.</summary>
    public const string Service = "system:compliance";

    public const string Kind = "not-compliant:";

    public static string Cause(string deployment, string what) => $"{Kind}{deployment}:{what}";

    public static bool IsCause(string cause) => cause.StartsWith(Kind, StringComparison.Ordinal);

    internal static Decision Note(Model model, NoteCompliance note, Actor actor, DateTimeOffset at)
    {
        if (!actor.IsSystem) return Forbidden("judged-by-service-only", "What runs is judged again by the service itself; ask for a run.");
        if (note.Found.FirstOrDefault(f => !model.Versions.ContainsKey(f.Version)) is { } unknown) return ModelDecider.UnknownVersion(model, unknown.Version);
        var open = model.Findings.Where(f => f.IsOpen && IsCause(f.Cause)).Select(f => (f.Id, f.Cause, f.VanishedAt));
        var owners = note.Found.DistinctBy(f => f.Cause, StringComparer.Ordinal).ToDictionary(f => f.Cause, f => f.Owner, StringComparer.Ordinal);
        var found = note.Found.Select(f => new FoundDiscrepancy(f.FindingId, f.Title, f.Severity, f.Cause, f.Version)).ToList();
        var changes = ObservationRules.Changes(open, found, note.JudgedAt, actor, at, f =>
            new FindingOpened(f.FindingId, f.Title, f.Severity, f.Version, f.Cause, actor.Subject, at, owners[f.Cause], FindingDue.After(at, f.Severity)));
        return Accept([.. changes, .. Takedowns.Ask(model, note.Takedowns, actor, at)]);
    }

    /// <summary>Who remedies what does not hold of a version: the person who registered it, else the first of its authors who is a person.</summary>
    public static string? OwnerOf(ModelVersion version) => version.HumanAuthors.Contains(version.RegisteredBy) ? version.RegisteredBy : version.HumanAuthors.FirstOrDefault();
}
