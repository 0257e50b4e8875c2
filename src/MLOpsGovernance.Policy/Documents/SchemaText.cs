using System.Text.Json.Nodes;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>A form as JSON Schema. Uses only what every draft since the fourth understands alike.</summary>
internal static class SchemaText
{
    public static JsonObject Of(Form form)
    {
        var properties = new JsonObject();
        foreach (var key in form.Keys)
        {
            var value = Of(key.Value);
            value["description"] = key.Description;
            properties[key.Name] = value;
        }

        var schema = new JsonObject { ["type"] = "object", ["description"] = form.Description, ["additionalProperties"] = false };
        if (form.Keys.Any(static k => k.Required)) schema["required"] = new JsonArray([.. form.Keys.Where(static k => k.Required).Select(static k => (JsonNode)k.Name)]);
        schema["properties"] = properties;
        return schema;
    }

    private static JsonObject Of(FormValue value) => value switch
    {
        FormValue.Truth => new() { ["type"] = "boolean" },
        FormValue.Text text => new() { ["type"] = "string", ["pattern"] = text.Pattern ?? "\\S" },
        FormValue.Word word => new() { ["enum"] = Words(word.Words) },
        FormValue.Figure { Least: { } least, Most: { } most } => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most },
        FormValue.Figure => new() { ["type"] = "number" },
        FormValue.Texts texts => List(texts.Words is null ? new() { ["type"] = "string", ["minLength"] = 1 } : new() { ["enum"] = Words(texts.Words) }, texts.AtLeast, null),
        FormValue.Record record => Of(record.Form),
        FormValue.Records records => List(Of(records.Form), records.AtLeast, records.AtMost),
        FormValue.Named named => new() { ["type"] = "object", ["additionalProperties"] = Of(named.Value) },
        _ => [],
    };

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(static w => (JsonNode)w)];

    private static JsonObject List(JsonObject items, int atLeast, int? atMost)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = items };
        if (atLeast > 0) list["minItems"] = atLeast;
        if (atMost is { } most) list["maxItems"] = most;
        return list;
    }
}
