using System.Text.Json;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>
/// Understands an OpenLineage event (specification 2-0-2). What a client must say is demanded, with the place where it is missing; what real clients often get wrong is taken with a warning.
/// </summary>
public sealed class OpenLineageReader
{
    private static readonly Dictionary<string, LineageFacet> NoFacets = new(StringComparer.Ordinal);

    private readonly List<LineageFault> _errors = [], _warnings = [];

    private OpenLineageReader()
    {
    }

    /// <param name="path">Where in the body the event stands.</param>
    public static LineageReading Read(JsonElement body, string path = "$")
    {
        var reader = new OpenLineageReader();
        var read = reader.Event(body, path);
        return new(reader._errors.Count == 0 ? read : null, reader._errors, reader._warnings);
    }

    private LineageEvent? Event(JsonElement body, string path)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            Error(path, "an event is an object.");
            return null;
        }

        var (time, producer) = (Time(body, path), Producer(body, path));
        var schema = Schema(body, path);
        var kind = KindOf(body, schema);
        if (kind is null)
        {
            Error(path, "an event has a run and a job, a job, or a dataset; this one has none of them.");
            return null;
        }

        var ofRun = kind == LineageReported.OfRun;
        var type = ofRun ? Type(body, path) : null;
        var (run, runFacets) = ofRun ? Run(body, path) : (null, NoFacets);
        var (job, jobFacets) = kind == LineageReported.OfDataset ? (null, NoFacets) : Job(body, path);
        var dataset = kind == LineageReported.OfDataset && Member(body, path, "dataset") is { } at ? Dataset(at.Value, at.Path, null) : null;
        IReadOnlyList<LineageDataset> inputs = [], outputs = [];
        if (kind != LineageReported.OfDataset) (inputs, outputs) = (Datasets(body, path, "inputs", "inputFacets"), Datasets(body, path, "outputs", "outputFacets"));
        return new(kind, type, time, producer, run, job, dataset, inputs, outputs, runFacets, jobFacets);
    }

    /// <summary>By what it has. One that says by its type or its schema that it is about a run has to have it.</summary>
    private static string? KindOf(JsonElement body, string? schema) =>
        Has(body, "run") || Has(body, "eventType") || (schema?.EndsWith("/RunEvent", StringComparison.Ordinal) ?? false) ? LineageReported.OfRun
        : Has(body, "job") ? LineageReported.OfJob
        : Has(body, "dataset") ? LineageReported.OfDataset
        : null;

    private DateTimeOffset Time(JsonElement body, string path)
    {
        if (Text(body, path, "eventTime") is not { } text) return default;
        if (!LineageTime.TryRead(text, out var time, out var zoned)) Error($"{path}.eventTime", "is no time as in RFC 3339, such as 2026-01-31T12:00:00Z.");
        else if (!zoned) Warn($"{path}.eventTime", "time-without-zone", "names no time zone; it is taken as UTC.");
        return time;
    }

    private string Producer(JsonElement body, string path)
    {
        if (Text(body, path, "producer") is not { } producer) return "";
        if (!FacetShape.IsUri(producer)) Warn($"{path}.producer", "producer-no-uri", "is no URI with a scheme.");
        return producer;
    }

    private string? Schema(JsonElement body, string path)
    {
        if (!Has(body, "schemaURL"))
        {
            Warn($"{path}.schemaURL", "schema-missing", "is missing; the event is taken as one of specification 2-0-2.");
            return null;
        }

        if (Text(body, path, "schemaURL") is not { } schema) return null;
        if (!FacetShape.IsUri(schema)) Warn($"{path}.schemaURL", "schema-no-uri", "is no URI with a scheme.");
        return schema;
    }

    private string? Type(JsonElement body, string path)
    {
        if (!Has(body, "eventType")) return null;
        if (body.GetProperty("eventType") is { ValueKind: JsonValueKind.String } value && RunStates.Types.Contains(value.GetString()!, StringComparer.Ordinal)) return value.GetString();
        Error($"{path}.eventType", $"is one of {string.Join(", ", RunStates.Types)}.");
        return null;
    }

    private (string? Run, Dictionary<string, LineageFacet> Facets) Run(JsonElement body, string path)
    {
        if (Member(body, path, "run") is not { } run) return (null, NoFacets);
        if (!run.Value.TryGetProperty("runId", out var id) || id.ValueKind != JsonValueKind.String || !Guid.TryParseExact(id.GetString(), "D", out var uuid))
        {
            Error($"{run.Path}.runId", "is a UUID with hyphens, such as 3f5e83fa-3480-44ff-99c5-ff943904e5e8; it is required.");
            return (null, NoFacets);
        }

        return (uuid.ToString("D"), Facets(run.Value, run.Path, "facets"));
    }

    private (EntityName? Job, Dictionary<string, LineageFacet> Facets) Job(JsonElement body, string path) =>
        Member(body, path, "job") is { } job ? (Entity(job.Value, job.Path), Facets(job.Value, job.Path, "facets")) : (null, NoFacets);

    private List<LineageDataset> Datasets(JsonElement body, string path, string name, string here)
    {
        List<LineageDataset> datasets = [];
        if (!Has(body, name)) return datasets;
        if (body.GetProperty(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            Error($"{path}.{name}", "is an array of datasets.");
            return datasets;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = FormattableString.Invariant($"{path}.{name}[{index++}]");
            if (item.ValueKind != JsonValueKind.Object) Error(at, "a dataset is an object with a namespace and a name.");
            else if (Dataset(item, at, here) is { } dataset) datasets.Add(dataset);
        }

        return datasets;
    }

    private LineageDataset? Dataset(JsonElement dataset, string path, string? here)
    {
        var facets = Facets(dataset, path, "facets");
        var facetsHere = here is null ? NoFacets : Facets(dataset, path, here);
        return Entity(dataset, path) is { } name ? new(name, facets, facetsHere) : null;
    }

    private EntityName? Entity(JsonElement entity, string path)
    {
        var (space, name) = (Name(entity, path, "namespace"), Name(entity, path, "name"));
        return space is null || name is null ? null : new(space, name);
    }

    private string? Name(JsonElement entity, string path, string member)
    {
        if (Text(entity, path, member) is not { } text) return null;
        if (text.Length is >= 1 and <= EntityName.MostCharacters && !text.Any(char.IsControl)) return text;
        Error($"{path}.{member}", $"is text of 1 to {EntityName.MostCharacters} characters without control characters.");
        return null;
    }

    private Dictionary<string, LineageFacet> Facets(JsonElement owner, string path, string member)
    {
        if (!Has(owner, member)) return NoFacets;
        var facets = owner.GetProperty(member);
        if (facets.ValueKind != JsonValueKind.Object)
        {
            Error($"{path}.{member}", "is an object that has each facet under its name.");
            return NoFacets;
        }

        var found = new Dictionary<string, LineageFacet>(StringComparer.Ordinal);
        foreach (var facet in facets.EnumerateObject())
        {
            var fault = FacetShapes.FaultOf(facet.Value, $"{path}.{member}.{facet.Name}");
            if (fault is not null) _warnings.Add(fault);
            found[facet.Name] = new(facet.Value, fault is null or { Code: "facet-unknown" });
        }

        return found;
    }

    private (JsonElement Value, string Path)? Member(JsonElement body, string path, string name)
    {
        if (body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object) return (value, $"{path}.{name}");
        Error($"{path}.{name}", "is required, as an object.");
        return null;
    }

    private string? Text(JsonElement owner, string path, string name)
    {
        if (owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String) return value.GetString();
        Error($"{path}.{name}", value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? "is required." : "is text.");
        return null;
    }

    /// <summary>An explicit null is the same as nothing.</summary>
    private static bool Has(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private void Error(string path, string message) => _errors.Add(new(path, "invalid-lineage", message));

    private void Warn(string path, string code, string message) => _warnings.Add(new(path, code, message));
}
