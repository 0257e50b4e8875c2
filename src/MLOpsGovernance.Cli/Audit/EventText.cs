using System.Globalization;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Audit;

/// <summary>The facts of an event on one line, digests shortened.</summary>
internal static class EventText
{
    private const int ShownOfDigest = 19, MostShown = 120;

    // Who and when stand in columns of their own; the rest is for programs.
    private static readonly HashSet<string> LeftOut = ["by", "at", "factsDigest", "policySet", "trace", "round", "followUp", "validUntil", "owner", "model", "name", "waitingFor"];

    public static string Of(JsonElement e)
    {
        if (e.Of("data") is not { ValueKind: JsonValueKind.Object } data) return "";
        var facts = data.EnumerateObject()
            .Where(field => !LeftOut.Contains(field.Name))
            .Select(field => (field.Name, Value: Shown(field.Value)))
            .Where(field => field.Value.Length > 0)
            .Select(field => $"{field.Name} {field.Value}");
        return string.Join(", ", facts);
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Short(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            string.Join('+', value.EnumerateArray().Select(item => Short(item.GetString()!))),
        JsonValueKind.Object => string.Join(' ', value.EnumerateObject()
            .Where(field => field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Name}={Shown(field.Value)}"))),
        _ => "",
    };

    private static string Short(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length > ShownOfDigest ? text[..ShownOfDigest] + "…"
        : text.Length > MostShown ? text[..MostShown] + "…"
        : text;
}
