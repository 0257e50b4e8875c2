namespace MLOpsGovernance.Domain.Datasets;

/// <summary>A dataset version as it is judged once what it was made from counts too.</summary>
/// <param name="Class">The narrowest of its own class and those of all its sources, in however many steps.</param>
/// <param name="RetainUntil">From when on it, or what it was made from, may no longer be kept; null where no limit was stated.</param>
/// <param name="InheritedFrom">Names of the sources whose class is in some part stricter than its own.</param>
/// <param name="WithdrawnSources">Names of the sources that are withdrawn.</param>
public sealed record EffectiveClass(DataClass Class, DateTimeOffset? RetainUntil, IReadOnlyList<string> InheritedFrom, IReadOnlyList<string> WithdrawnSources);

/// <summary>
/// What derived data inherits. Versions never change and are made of versions that exist, so there is no circle to begin with; each is visited once all the same.
/// Sources beyond the bounds, and those that were not looked up, count as what nobody confirmed: restricted, personal, for no purpose.
/// </summary>
public static class Inheritance
{
    /// <summary>Datasets that are looked at beside those asked about.</summary>
    public const int MostSources = 300;

    /// <summary>Versions that are visited. A dataset that is made of its own version of the day before grows a long chain.</summary>
    private const int MostSteps = 20_000;

    /// <summary>One reference for each dataset that these versions were made from, nearest first; not the datasets themselves.</summary>
    /// <param name="find">Null where a dataset is not known, or not looked up yet.</param>
    public static IReadOnlyList<DatasetReference> SourcesOf(IEnumerable<DatasetReference> versions, Func<string, Dataset?> find)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<DatasetReference>();
        foreach (var version in versions)
        {
            named.Add(version.Name);
            open.Enqueue(version);
        }

        List<DatasetReference> sources = [];
        HashSet<DatasetReference>? seen = null;
        while (open.TryDequeue(out var version))
        {
            foreach (var source in find(version.Name)?.Versions.GetValueOrDefault(version.Version)?.Sources ?? [])
            {
                seen ??= [];
                if (seen.Count >= MostSteps || !seen.Add(source)) continue;
                if (!named.Contains(source.Name) && sources.Count < MostSources)
                {
                    named.Add(source.Name);
                    sources.Add(source);
                }

                open.Enqueue(source);
            }
        }

        return sources;
    }

    /// <param name="find">Null where a dataset is not known.</param>
    public static EffectiveClass Of(DatasetReference version, Func<string, Dataset?> find)
    {
        var own = find(version.Name) ?? new();
        var (effective, until) = (own.Judged, KeptUntil(own, version));
        var (from, withdrawn) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var seen = new HashSet<(DatasetReference, bool)>();
        var open = new Queue<(DatasetReference Version, bool Personally)>([(version, !own.Judged.Anonymised)]);
        while (open.TryDequeue(out var next))
        {
            foreach (var reference in find(next.Version.Name)?.Versions.GetValueOrDefault(next.Version.Version)?.Sources ?? [])
            {
                if (seen.Count >= MostSteps)
                {
                    effective = effective.Inheriting(DataClass.Highest, next.Personally);
                    break;
                }

                if (!seen.Add((reference, next.Personally))) continue;
                var source = find(reference.Name) ?? new();
                effective = effective.Inheriting(source.Judged, next.Personally);
                if (next.Personally && KeptUntil(source, reference) is { } earlier && !(until <= earlier)) until = earlier;
                if (reference.Name != version.Name)
                {
                    if (own.Judged.Inheriting(source.Judged, next.Personally).Mark != own.Judged.Mark) from.Add(reference.Name);
                    if (source.IsWithdrawn(reference.Version)) withdrawn.Add(reference.Name);
                }

                open.Enqueue((reference, next.Personally && !source.Judged.Anonymised));
            }
        }

        return new(effective, until, [.. from], [.. withdrawn]);
    }

    private static DateTimeOffset? KeptUntil(Dataset dataset, DatasetReference reference) =>
        dataset.Judged.RetentionDays is { } days && dataset.Versions.GetValueOrDefault(reference.Version) is { } version ? version.At.AddDays(days) : null;
}
