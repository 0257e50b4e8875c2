using System.Text.Json;
using MLOpsGovernance.Domain.Lineage;

namespace MLOpsGovernance.Tests.Lineage;

/// <summary>Writes events as clients send them.</summary>
internal static class OpenLineageEvents
{
    public const string Run = "3f5e83fa-3480-44ff-99c5-ff943904e5e8";

    public static string Json(string? type = "COMPLETE", string time = "2026-01-31T12:00:00Z", string run = Run, string job = "daily.load", string[]? inputs = null, string[]? outputs = null, string runFacets = "{}") => $$"""
        {"eventType":{{JsonSerializer.Serialize(type)}},"eventTime":"{{time}}","producer":"https://example.com/client","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
         "run":{"runId":"{{run}}","facets":{{runFacets}}},"job":{"namespace":"airflow","name":"{{job}}"},
         "inputs":[{{string.Join(',', (inputs ?? []).Select(Dataset))}}],"outputs":[{{string.Join(',', (outputs ?? []).Select(Dataset))}}]}
        """;

    public static LineageReading Read(string json) => OpenLineageReader.Read(JsonDocument.Parse(json).RootElement);

    public static LineageEvent Event(string json) => Read(json).Event ?? throw new InvalidOperationException(string.Join('\n', Read(json).Errors));

    private static string Dataset(string name) => name.StartsWith('{') ? name : $$"""{"namespace":"postgres://db:5432","name":"{{name}}"}""";
}
