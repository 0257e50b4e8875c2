namespace MLOpsGovernance.Policy.Differences;

/// <summary>What the documents beside the policies say otherwise.</summary>
internal static class CatalogueComparison
{
    public static IEnumerable<SetChange> Changes(PolicySet? before, PolicySet after)
    {
        if (before is null) yield break;
        foreach (var change in Facts(before, after)) yield return change;
        foreach (var change in Codes("purpose", before.Purposes.Purposes.Select(p => p.Code), after.Purposes.Purposes.Select(p => p.Code))) yield return change;
        foreach (var change in Codes("legal basis", before.Purposes.LegalBases.Select(p => p.Code), after.Purposes.LegalBases.Select(p => p.Code))) yield return change;
        foreach (var change in Codes("kind of evidence", before.EvidenceKinds.Select(k => k.Code), after.EvidenceKinds.Select(k => k.Code))) yield return change;
        foreach (var change in Codes("framework", before.Frameworks.Select(f => f.Id), after.Frameworks.Select(f => f.Id))) yield return change;
        foreach (var document in SetDifference.Documents(before, after).Where(d => after.Policies.All(p => p.Path != d.Path) && before.Policies.All(p => p.Path != d.Path)))
            yield return new(ChangeEffect.Changed, "catalogue-changed", null, null, $"{document.Path} was {document.Change}.");
    }

    private static IEnumerable<SetChange> Facts(PolicySet before, PolicySet after)
    {
        var (lost, gained) = (before.Facts.Names.Except(after.Facts.Names, StringComparer.Ordinal).ToList(), after.Facts.Names.Except(before.Facts.Names, StringComparer.Ordinal).ToList());
        if (gained.Count > 0) yield return new(ChangeEffect.Changed, "facts-changed", null, null, $"Rules may look at {string.Join(", ", gained)} too.");
        if (lost.Count > 0) yield return new(ChangeEffect.Changed, "facts-changed", null, null, $"Rules may no longer look at {string.Join(", ", lost)}.");
    }

    private static IEnumerable<SetChange> Codes(string what, IEnumerable<string> then, IEnumerable<string> now)
    {
        var (had, has) = (then.ToList(), now.ToList());
        foreach (var code in has.Except(had, StringComparer.Ordinal)) yield return new(ChangeEffect.Changed, "catalogue-changed", null, null, $"The {what} {code} is new.");
        foreach (var code in had.Except(has, StringComparer.Ordinal)) yield return new(ChangeEffect.Changed, "catalogue-changed", null, null, $"The {what} {code} is gone.");
    }
}
