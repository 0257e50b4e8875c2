using System.Text.Json;

namespace MLOpsGovernance.Cli.Connection;

/// <summary>Fields of an answer; null where they are absent, null or of another type.</summary>
internal static class JsonReading
{
    public static JsonElement? Of(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public static string? TextOf(this JsonElement json, string name)
    {
        if (json.Of(name) is not { ValueKind: JsonValueKind.String } text) return null;
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // an escaped half of a surrogate pair: JSON by its grammar, but no text
        }
    }

    public static bool? FlagOf(this JsonElement json, string name) => json.Of(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public static int? WholeOf(this JsonElement json, string name) => json.Of(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole) ? whole : null;

    /// <summary>Empty where there is no such list.</summary>
    public static IEnumerable<JsonElement> EachOf(this JsonElement json, string name) =>
        json.Of(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IReadOnlyList<string> TextsOf(this JsonElement json, string name) =>
        [.. json.EachOf(name).Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>The members of an object whose values are texts; empty where there is no such object.</summary>
    public static IEnumerable<(string Name, string Value)> PairsOf(this JsonElement json, string name) =>
        json.Of(name) is { ValueKind: JsonValueKind.Object } pairs ? pairs.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.String).Select(p => (p.Name, p.Value.GetString()!)) : [];
}
