using System.Text;
using System.Text.Json;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>Turns an event as it was understood into what is stored of it.</summary>
public static class LineageReports
{
    /// <summary>So that an event, with its origin and its own job, stays below 64 KiB as a leaf of the log.</summary>
    private const int MostBytes = 24_000;

    /// <summary>The facets of datasets that are asked for later; of the others the body tells.</summary>
    public static IReadOnlyList<string> Kept { get; } = ["columnLineage", "dataQualityAssertions", "dataQualityMetrics", "lifecycleStateChange", "schema", "symlinks", "version"];

    /// <param name="body">Digest of the body as it is kept.</param>
    public static IReadOnlyList<LineageReported> Of(LineageReading reading, string body, Actor actor, DateTimeOffset at)
    {
        var e = reading.Event!;
        IReadOnlyList<string> warnings = [.. reading.Warnings.Select(w => w.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        (ReportedDataset Dataset, bool Read)[] links = [.. e.Inputs.Select(d => (Reported(d), true)), .. e.Outputs.Select(d => (Reported(d), false))];
        IReadOnlyList<(ReportedDataset Dataset, bool Read)[]> parts = Parts([.. links.Distinct(SameLink.Comparer)]);
        return
        [
            .. parts.Select((part, index) => new LineageReported(
                body, e.Kind, e.Type, e.Time, e.Job, e.Run, e.Dataset is null ? null : Reported(e.Dataset),
                [.. part.Where(l => l.Read).Select(l => l.Dataset)], [.. part.Where(l => !l.Read).Select(l => l.Dataset)], index == 0 ? Parent(e) : null, warnings, actor.Subject, at, index + 1, parts.Count)),
        ];
    }

    /// <summary>Other names of the same dataset, from a sound facet.</summary>
    public static IReadOnlyList<EntityName> Aliases(LineageDataset dataset) =>
        dataset.Facets.TryGetValue("symlinks", out var facet) && facet is { Sound: true, Deletes: false } && facet.Value.TryGetProperty("identifiers", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Named).OfType<EntityName>().Where(n => n != dataset.Name).Distinct()]
            : [];

    private static ReportedDataset Reported(LineageDataset dataset)
    {
        string[] facets = [.. Kept.Where(f => Has(dataset.Facets, f) || Has(dataset.FacetsHere, f))];
        var aliases = Aliases(dataset);
        return new(dataset.Name.Namespace, dataset.Name.Name, facets.Length == 0 ? null : facets, aliases.Count == 0 ? null : aliases);
    }

    private static bool Has(IReadOnlyDictionary<string, LineageFacet> facets, string name) => facets.TryGetValue(name, out var facet) && facet.Sound;

    /// <summary>Older clients of Airflow call it <c>parentRun</c>.</summary>
    private static ReportedParent? Parent(LineageEvent e)
    {
        if (!(e.RunFacets.TryGetValue("parent", out var facet) || e.RunFacets.TryGetValue("parentRun", out facet)) || facet is not { Sound: true, Deletes: false }) return null;
        return facet.Value.TryGetProperty("run", out var run) && run.ValueKind == JsonValueKind.Object && run.TryGetProperty("runId", out var id) && id.ValueKind == JsonValueKind.String
            && Guid.TryParseExact(id.GetString(), "D", out var uuid) && facet.Value.TryGetProperty("job", out var job) && Named(job) is { } name
            ? new(uuid.ToString("D"), name)
            : null;
    }

    public static EntityName? Named(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("namespace", out var space) && space.ValueKind == JsonValueKind.String && value.TryGetProperty("name", out var name)
        && name.ValueKind == JsonValueKind.String && IsName(space.GetString()!) && IsName(name.GetString()!) ? new(space.GetString()!, name.GetString()!) : null;

    private static bool IsName(string text) => text.Length is >= 1 and <= EntityName.MostCharacters && !text.Any(char.IsControl);

    private static List<(ReportedDataset Dataset, bool Read)[]> Parts((ReportedDataset Dataset, bool Read)[] links)
    {
        List<(ReportedDataset, bool)[]> parts = [];
        List<(ReportedDataset, bool)> part = [];
        var bytes = 0;
        foreach (var link in links)
        {
            var size = Size(link.Dataset);
            if (part.Count > 0 && bytes + size > MostBytes)
            {
                parts.Add([.. part]);
                (part, bytes) = ([], 0);
            }

            part.Add(link);
            bytes += size;
        }

        parts.Add([.. part]);
        return parts;
    }

    private static int Size(ReportedDataset dataset) => 80 + Encoding.UTF8.GetByteCount(dataset.Namespace) + Encoding.UTF8.GetByteCount(dataset.Name)
        + (dataset.Facets?.Sum(f => f.Length + 3) ?? 0) + (dataset.Aliases?.Sum(a => 40 + Encoding.UTF8.GetByteCount(a.Namespace) + Encoding.UTF8.GetByteCount(a.Name)) ?? 0);

    /// <summary>A dataset that an event names twice in the same place counts once.</summary>
    private sealed class SameLink : IEqualityComparer<(ReportedDataset Dataset, bool Read)>
    {
        public static SameLink Comparer { get; } = new();

        public bool Equals((ReportedDataset Dataset, bool Read) x, (ReportedDataset Dataset, bool Read) y) => x.Read == y.Read && x.Dataset.Key == y.Dataset.Key;

        public int GetHashCode((ReportedDataset Dataset, bool Read) obj) => HashCode.Combine(obj.Read, obj.Dataset.Key);
    }
}
