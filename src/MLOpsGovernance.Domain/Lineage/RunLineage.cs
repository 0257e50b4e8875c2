using System.Collections.Immutable;
using System.Text.Json;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>
/// What all events about one run come to. It depends on which events there are and on nothing else: in whatever order they arrive, and however often, it is the same. Inputs and outputs are those of any event; a facet
/// replaces the one of the same name that is older by the client's clock, as a whole; of two of the same time the one whose body has the greater digest counts. A run that has ended is opened again by nothing.
/// </summary>
public sealed record RunLineage
{
    public string Run { get; init; } = "";

    /// <summary>Of the latest event; null while there is none.</summary>
    public EntityName? Job { get; init; }

    /// <summary>One of the shown words of <see cref="RunStates"/>.</summary>
    public string State { get; init; } = RunStates.New;

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while it has not ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it was said to have ended in more than one way; the latest counts.</summary>
    public bool Contradicted { get; init; }

    public IReadOnlyDictionary<string, JsonElement> Facets { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;
    public IReadOnlyDictionary<string, JsonElement> JobFacets { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;
    public IReadOnlyList<MergedDataset> Inputs { get; init; } = [];
    public IReadOnlyList<MergedDataset> Outputs { get; init; } = [];

    /// <param name="events">Of one run, each with the digest of its body.</param>
    public static RunLineage Of(string run, IEnumerable<(string Digest, LineageEvent Event)> events)
    {
        LineageEvent[] ordered = [.. events.DistinctBy(e => e.Digest, StringComparer.Ordinal).OrderBy(e => e.Event.Time).ThenBy(e => e.Digest, StringComparer.Ordinal).Select(e => e.Event)];
        LineageEvent[] ends = [.. ordered.Where(e => RunStates.IsTerminal(e.Type))];
        LineageEvent[] began = [.. ordered.Where(e => e.Type is RunStates.Start or RunStates.Running)];
        return new()
        {
            Run = run,
            Job = ordered.LastOrDefault()?.Job,
            State = RunStates.Of((ends.LastOrDefault() ?? began.LastOrDefault())?.Type) ?? RunStates.New,
            StartedAt = (began.FirstOrDefault(e => e.Type == RunStates.Start) ?? ordered.FirstOrDefault())?.Time,
            EndedAt = ends.LastOrDefault()?.Time,
            Contradicted = ends.Select(e => e.Type).Distinct(StringComparer.Ordinal).Count() > 1,
            Facets = MergedDataset.Merge(ordered.Select(e => e.RunFacets)),
            JobFacets = MergedDataset.Merge(ordered.Select(e => e.JobFacets)),
            Inputs = MergedDataset.All(ordered.SelectMany(e => e.Inputs)),
            Outputs = MergedDataset.All(ordered.SelectMany(e => e.Outputs)),
        };
    }
}

/// <param name="Facets">Of the dataset itself.</param>
/// <param name="FacetsHere">Of its being read or written by this run.</param>
public sealed record MergedDataset(EntityName Name, IReadOnlyDictionary<string, JsonElement> Facets, IReadOnlyDictionary<string, JsonElement> FacetsHere)
{
    /// <param name="datasets">In the order of time.</param>
    internal static IReadOnlyList<MergedDataset> All(IEnumerable<LineageDataset> datasets) =>
        [.. datasets.GroupBy(d => d.Name).OrderBy(g => g.Key, EntityName.Order).Select(g => new MergedDataset(g.Key, Merge(g.Select(d => d.Facets)), Merge(g.Select(d => d.FacetsHere))))];

    /// <param name="facets">In the order of time.</param>
    internal static IReadOnlyDictionary<string, JsonElement> Merge(IEnumerable<IReadOnlyDictionary<string, LineageFacet>> facets)
    {
        var merged = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, facet) in facets.SelectMany(f => f))
        {
            if (facet.Deletes) merged.Remove(name);
            else merged[name] = facet.Value;
        }

        return merged.ToImmutable();
    }
}
