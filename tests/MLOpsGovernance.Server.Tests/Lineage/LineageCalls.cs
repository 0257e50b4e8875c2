using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Server.Tests.Lineage;

/// <summary>What clients of OpenLineage send, and how.</summary>
internal static class LineageCalls
{
    public static JsonObject Event(string run, string job, string[] inputs, string[] outputs, string type = "COMPLETE", string time = "2026-01-31T12:00:00Z", string space = "postgres://db:5432") => new()
    {
        ["eventType"] = type, ["eventTime"] = time, ["producer"] = "https://example.com/client", ["schemaURL"] = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        ["run"] = new JsonObject { ["runId"] = run }, ["job"] = new JsonObject { ["namespace"] = "airflow", ["name"] = job },
        ["inputs"] = new JsonArray([.. inputs.Select(name => Dataset(space, name))]), ["outputs"] = new JsonArray([.. outputs.Select(name => Dataset(space, name))]),
    };

    public static JsonObject Dataset(string space, string name) => new() { ["namespace"] = space, ["name"] = name };

    public static JsonObject Facet(string schema, string content)
    {
        var facet = JsonNode.Parse(content)!.AsObject();
        (facet["_producer"], facet["_schemaURL"]) = ("https://example.com/client", $"https://openlineage.io/spec/facets/1-0-0/{schema}.json");
        return facet;
    }

    public static Task<Answer> ReportAsync(this HttpClient client, params JsonNode[] events) =>
        client.PostJsonAsync("/lineage", new StringContent(events is [var one] ? one.ToJsonString() : JsonSerializer.Serialize(events), Encoding.UTF8, "application/json"));

    public static HttpContent Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    public static IReadOnlyList<string> Ids(this JsonNode? list) => [.. list!.AsArray().Select(n => n.Text("id"))];
}
