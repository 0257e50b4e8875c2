using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Connection;

/// <summary>A file that is sent as it is, YAML or JSON: whether the server can take it, the server says, and where.</summary>
internal static class BodyFile
{
    /// <exception cref="CommandFailedException">The file cannot be read, or is no mapping.</exception>
    public static JsonObject Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            if (Path.GetExtension(path) is not (".yaml" or ".yml"))
                return JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw CommandFailedException.Usage($"'{path}' must be one JSON object.");
            var (json, errors) = PolicyFacts.Read(new(path, text));
            return json is not null ? JsonNode.Parse(json)!.AsObject() : throw CommandFailedException.Usage($"{path}:{errors[0].Line}:{errors[0].Column}: {errors[0].Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            throw CommandFailedException.Usage($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Takes a text out of the body; null where there is none.</summary>
    public static string? Take(this JsonObject body, string name)
    {
        if (!body.Remove(name, out var value) || value is null) return null;
        return value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : value.ToJsonString();
    }
}
