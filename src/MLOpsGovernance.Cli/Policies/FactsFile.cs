using System.Text;
using System.Text.Json;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Facts from a file, as a question to a policy set.</summary>
internal static class FactsFile
{
    /// <exception cref="CommandFailedException">The file cannot be read, or does not say what is to be done and where.</exception>
    public static PolicyQuery Query(string path, string? action, string? environment, DateTimeOffset now)
    {
        var facts = Read(path);
        using var json = JsonDocument.Parse(facts);
        return new(
            action ?? Text(json, "action") ?? throw Missing("action"), environment ?? Text(json, "environment") ?? throw Missing("environment"), true, facts, now);
    }

    private static byte[] Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            if (Path.GetExtension(path) is not (".yaml" or ".yml"))
            {
                using var document = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
                return document.RootElement.ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetBytes(text) : throw CommandFailedException.Usage($"The facts in '{path}' must be one JSON object.");
            }

            var (facts, errors) = PolicyFacts.Read(new(path, text));
            return facts ?? throw CommandFailedException.Usage($"{path}:{errors[0].Line}:{errors[0].Column}: {errors[0].Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            throw CommandFailedException.Usage($"The facts in '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static string? Text(JsonDocument facts, string field) =>
        facts.RootElement.TryGetProperty("release", out var release) && release.ValueKind == JsonValueKind.Object
        && release.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static CommandFailedException Missing(string field) => CommandFailedException.Usage($"The facts do not say release.{field}; give --{field}.");
}
