using System.Text.Json;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>An OpenLineage event as it was understood.</summary>
/// <param name="Kind">As in <see cref="LineageReported.Kind"/>.</param>
/// <param name="Run">A UUID in lower case; only events of runs have one.</param>
/// <param name="Job">Events of runs and jobs have one.</param>
public sealed record LineageEvent(
    string Kind, string? Type, DateTimeOffset Time, string Producer, string? Run, EntityName? Job, LineageDataset? Dataset, IReadOnlyList<LineageDataset> Inputs, IReadOnlyList<LineageDataset> Outputs,
    IReadOnlyDictionary<string, LineageFacet> RunFacets, IReadOnlyDictionary<string, LineageFacet> JobFacets)
{
    /// <summary>A sound facet of a dataset that the event names; of one that is read and written what is written of it, and what it is before what was done with it. Null where there is none, or it was deleted.</summary>
    public JsonElement? FacetOf(LineageNode dataset, string facet)
    {
        foreach (var named in ((LineageDataset?[])[Dataset, .. Outputs, .. Inputs]).OfType<LineageDataset>().Where(d => LineageNode.OfDataset(d.Name) == dataset))
            if (named.Facets.TryGetValue(facet, out var found) || named.FacetsHere.TryGetValue(facet, out found))
                return found is { Sound: true, Deletes: false } ? found.Value : null;
        return null;
    }
}

/// <param name="Facets">Of the dataset itself.</param>
/// <param name="FacetsHere">Of its being read or written this time.</param>
public sealed record LineageDataset(EntityName Name, IReadOnlyDictionary<string, LineageFacet> Facets, IReadOnlyDictionary<string, LineageFacet> FacetsHere);

/// <param name="Sound">False where it is not what its own schema says; then it is kept, and nothing is concluded from it.</param>
public sealed record LineageFacet(JsonElement Value, bool Sound)
{
    /// <summary>Whether it says that the facet holds no more.</summary>
    public bool Deletes => Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty("_deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True;
}

/// <summary>Where in a body something is not as it should be, as a JSON path.</summary>
public sealed record LineageFault(string Path, string Code, string Message);

/// <summary>What became of one event that was sent.</summary>
/// <param name="Event">Null where there are errors.</param>
/// <param name="Errors">What keeps it from being taken.</param>
/// <param name="Warnings">What was taken all the same.</param>
public sealed record LineageReading(LineageEvent? Event, IReadOnlyList<LineageFault> Errors, IReadOnlyList<LineageFault> Warnings);
