using System.Text.Json;

namespace MLOpsGovernance.Domain.Lineage;

public sealed record LineageColumn(LineageNode Dataset, string Name);

/// <param name="Type"><c>DIRECT</c> or <c>INDIRECT</c>, as the client said.</param>
/// <param name="Masking">Whether it hides the value.</param>
public sealed record ColumnTransformation(string Type, string? Subtype, bool? Masking);

public sealed record ColumnEdge(LineageColumn From, LineageColumn To, IReadOnlyList<ColumnTransformation> Transformations);

/// <summary>Which column comes from which, as the facet <c>columnLineage</c> of each dataset says of its own columns.</summary>
public static class ColumnLineage
{
    public static IEnumerable<ColumnEdge> Of(LineageNode dataset, JsonElement facet)
    {
        if (!facet.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Object) yield break;
        foreach (var field in fields.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Object || !field.Value.TryGetProperty("inputFields", out var inputs) || inputs.ValueKind != JsonValueKind.Array) continue;
            foreach (var input in inputs.EnumerateArray())
            {
                if (LineageReports.Named(input) is not { } name || Text(input, "field") is not { } column) continue;
                yield return new(new(LineageNode.OfDataset(name), column), new(dataset, field.Name), [.. Transformations(input)]);
            }
        }
    }

    /// <summary>Those edges that lead to or from a dataset's columns in so many steps, each once, in the order of their ends.</summary>
    /// <param name="column">Only from or to this one; null is all.</param>
    public static IReadOnlyList<ColumnEdge> Around(LineageNode dataset, string? column, LineageDirection direction, int depth, IReadOnlyList<ColumnEdge> edges)
    {
        HashSet<ColumnEdge> found = [];
        if (direction != LineageDirection.Downstream) Walk(edges.ToLookup(e => e.To), e => e.To, e => e.From);
        if (direction != LineageDirection.Upstream) Walk(edges.ToLookup(e => e.From), e => e.From, e => e.To);
        return [.. found.OrderBy(e => e.To.Dataset.Id, StringComparer.Ordinal).ThenBy(e => e.To.Name, StringComparer.Ordinal).ThenBy(e => e.From.Dataset.Id, StringComparer.Ordinal).ThenBy(e => e.From.Name, StringComparer.Ordinal)];

        void Walk(ILookup<LineageColumn, ColumnEdge> from, Func<ColumnEdge, LineageColumn> near, Func<ColumnEdge, LineageColumn> far)
        {
            var open = edges.Select(near).Where(c => c.Dataset == dataset && (column is null || c.Name == column)).ToHashSet();
            var seen = new HashSet<LineageColumn>(open);
            for (var step = 0; step < depth && open.Count > 0; step++)
            {
                var next = new HashSet<LineageColumn>();
                foreach (var edge in open.SelectMany(c => from[c]))
                {
                    found.Add(edge);
                    if (seen.Add(far(edge))) next.Add(far(edge));
                }

                open = next;
            }
        }
    }

    private static IEnumerable<ColumnTransformation> Transformations(JsonElement input)
    {
        if (!input.TryGetProperty("transformations", out var list) || list.ValueKind != JsonValueKind.Array) yield break;
        foreach (var item in list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object))
            if (Text(item, "type") is { } type) yield return new(type, Text(item, "subtype"), item.TryGetProperty("masking", out var masking) && masking.ValueKind is JsonValueKind.True or JsonValueKind.False ? masking.GetBoolean() : null);
    }

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
