namespace MLOpsGovernance.Domain.Observations;

/// <summary>Compares what runs with what is on record.</summary>
public static class EstateComparison
{
    /// <summary>Times are often told to the second.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A difference counts only where it was there when somebody looked and is still there: whoever deploys between the look and its report is not accused of it.
    /// </summary>
    /// <param name="known">The versions that have one of the observed digests.</param>
    /// <param name="recorded">The environment's deployments that were live at <paramref name="observedAt"/> or later.</param>
    /// <returns>One for each digest, or deployment that does not run, in ordinal order.</returns>
    public static IReadOnlyList<Discrepancy> Of(
        IReadOnlyList<ObservedItem> items, IReadOnlyList<KnownDigest> known, IReadOnlyList<RecordedDeployment> recorded, DateTimeOffset observedAt)
    {
        var versions = known.ToLookup(k => k.Digest, StringComparer.Ordinal);
        var allowed = recorded.SelectMany(d => new[] { d.ArtifactDigest, d.ImageDigest }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var running = items.Select(i => i.Digest).ToHashSet(StringComparer.Ordinal);

        var unexpected =
            from item in items.DistinctBy(i => i.Digest, StringComparer.Ordinal)
            where !allowed.Contains(item.Digest)
            // One finding, on one model: the one that took the digest last is most likely the one that runs.
            let version = versions[item.Digest].OrderByDescending(v => v.RegisteredAt).ThenBy(v => v.Model, StringComparer.Ordinal).ThenByDescending(v => v.Version).FirstOrDefault()
            select version is null
                ? new Discrepancy(Discrepancy.Unknown, item.Digest, item.Name, null, null, null)
                : new Discrepancy(Discrepancy.NotAllowed, item.Digest, item.Name, version.Model, version.Version, null);
        var missing =
            from deployment in recorded
            where deployment.EndedAt is null && deployment.LiveSince < observedAt + Rounding && !running.Any(deployment.Is)
            select new Discrepancy(Discrepancy.NotRunning, deployment.ArtifactDigest, null, deployment.Model, deployment.Version, deployment.Id);
        return [.. unexpected.Concat(missing).OrderBy(d => d.Kind, StringComparer.Ordinal).ThenBy(d => d.Digest, StringComparer.Ordinal).ThenBy(d => d.Deployment, StringComparer.Ordinal)];
    }
}
