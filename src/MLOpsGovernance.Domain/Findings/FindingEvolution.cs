using System.Collections.Immutable;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Findings;

/// <summary>What happens to findings, and which of them are open: those of a version are found without looking through the model's whole history.</summary>
public static class FindingEvolution
{
    /// <summary>Findings from before due dates existed get the one that their severity gives.</summary>
    internal static Model Open(this Model model, FindingOpened e) => model.Keep(new(e.Id, e.Title, e.Severity, e.Version, e.By, e.At, null, null, null)
    {
        Cause = e.Cause,
        Owner = e.Owner,
        Due = e.Due ?? FindingDue.After(e.At, e.Severity),
        Plan = e.Plan,
        Openers = Parties(e.By, e.CredentialOwner),
    });

    internal static Model Close(this Model model, FindingClosed e) =>
        model.Change(e.Id, f => f with { ClosedBy = e.By, Closing = e.Reason, ClosedAt = e.At, Evidence = e.Evidence ?? [] });

    internal static Model Change(this Model model, FindingChanged e) => model.Change(e.Id, f => f with { Owner = e.Owner, Due = e.Due, Plan = e.Plan });

    internal static Model Reopen(this Model model, FindingReopened e) => model.Change(e.Id, f => f with
    {
        ClosedBy = null,
        Closing = null,
        ClosedAt = null,
        Evidence = [],
        Due = e.Due,
        Openers = [.. f.Openers.Union(Parties(e.By, e.CredentialOwner), StringComparer.Ordinal)],
        Reopenings = [.. f.Reopenings, new(e.Reason, e.By, e.At)],
    });

    /// <summary>What it is about was seen no more, or was seen again.</summary>
    internal static Model Observe(this Model model, string id, DateTimeOffset? vanished) => model.Change(id, f => f with { VanishedAt = vanished });

    /// <summary>The open findings about a version or the whole model.</summary>
    public static IEnumerable<Finding> OpenFindingsOf(this Model model, int version) => model.OpenAbout(0).Concat(model.OpenAbout(version));

    private static ImmutableList<Finding> OpenAbout(this Model model, int version) => model.OpenFindings.GetValueOrDefault(version, []);

    private static Model Change(this Model model, string id, Func<Finding, Finding> change)
    {
        var index = model.Findings.FindLastIndex(f => f.Id == id);
        return index < 0 ? model : (model with { Findings = model.Findings.RemoveAt(index) }).Keep(change(model.Findings[index]), index);
    }

    private static Model Keep(this Model model, Finding finding, int? index = null)
    {
        var about = finding.Version ?? 0;
        var others = model.OpenAbout(about).RemoveAll(f => f.Id == finding.Id);
        var open = finding.IsOpen ? others.Add(finding) : others;
        return model with
        {
            Findings = model.Findings.Insert(index ?? model.Findings.Count, finding),
            OpenFindings = open.IsEmpty ? model.OpenFindings.Remove(about) : model.OpenFindings.SetItem(about, open),
        };
    }

    private static IReadOnlyList<string> Parties(string by, string? owner) => owner is null ? [by] : [by, owner];
}
