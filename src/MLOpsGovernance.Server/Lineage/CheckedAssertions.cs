using System.Text.Json;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Datasets;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>
/// Tells registered datasets what runs found when they checked them, by the facet <c>dataQualityAssertions</c>, so that policies can ask for it. Told again it changes nothing, so a report that was cut short is simply sent again.
/// </summary>
internal sealed class CheckedAssertions(Grains grains, GrainCommands commands, LineageAtlas atlas)
{
    private const int Most = 200;

    public async Task NoteAsync(LineageEvent e, CancellationToken cancellationToken)
    {
        foreach (var dataset in e.Inputs.Concat(e.Outputs).Append(e.Dataset).OfType<LineageDataset>())
        {
            if (!(dataset.FacetsHere.TryGetValue("dataQualityAssertions", out var facet) || dataset.Facets.TryGetValue("dataQualityAssertions", out facet)) || facet is not { Sound: true, Deletes: false }) continue;
            if (await RegisteredAsync(dataset.Name, cancellationToken) is not { } registered || VersionOf(dataset, registered, e.Time) is not { } version) continue;
            var results = new AssertionResults(e.Run, e.Time, [.. Of(facet.Value).Take(Most)]);
            if (results.Assertions.Count > 0) await commands.ExecuteAsync<Dataset, DatasetCommand>(grains.Of<IDatasetGrain>(registered.Name!), $"dataset:{registered.Name}", new NoteAssertions(version, results));
        }
    }

    /// <summary>By its own name, or by one that its team or clients say is the same.</summary>
    private async Task<Dataset?> RegisteredAsync(EntityName name, CancellationToken cancellationToken)
    {
        if (Name.IsValid(name.Name) && (await grains.Of<IDatasetGrain>(name.Name).Read()).State is { Exists: true } own) return own;
        var reached = await atlas.AskAsync(graph => graph.Traverse([LineageNode.OfDataset(name).Key], new(LineageDirection.Downstream, 5, 50, edge => edge.Kind == LineageEdgeKind.SameAs && LineageScope.Holds(edge))), cancellationToken);
        return reached.Nodes.Select(n => n.Node).FirstOrDefault(n => n.IsRegistered) is { } node && (await grains.Of<IDatasetGrain>(node.Name).Read()).State is { Exists: true } other ? other : null;
    }

    /// <summary>The version that the event names, else the latest that there was by then.</summary>
    private static string? VersionOf(LineageDataset dataset, Dataset registered, DateTimeOffset at)
    {
        if (dataset.Facets.TryGetValue("version", out var facet) && facet.Sound && Text(facet.Value, "datasetVersion") is { } named && registered.Versions.ContainsKey(named)) return named;
        var known = registered.Versions.Values.OrderBy(v => v.At).ThenBy(v => v.Version, StringComparer.Ordinal).ToList();
        return (known.LastOrDefault(v => v.At <= at) ?? known.LastOrDefault())?.Version;
    }

    private static IEnumerable<DataAssertion> Of(JsonElement facet)
    {
        if (!facet.TryGetProperty("assertions", out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item, "assertion") is { } assertion && item.TryGetProperty("success", out var success) && success.ValueKind is JsonValueKind.True or JsonValueKind.False)
                yield return new(assertion, Text(item, "column"), success.GetBoolean(), Text(item, "severity")?.ToLowerInvariant());
        }
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: >= 1 and <= DataAssertion.MostCharacters } text
        && !text.Any(char.IsControl) ? text : null;
}
