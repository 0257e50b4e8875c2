using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Classification;

/// <summary>Whether two classes say the same: what is left out, null or empty says nothing, lists have no order, words that are left out stay as they are, and the reason given for a class is not part of it.</summary>
internal static class ClassComparison
{
    private static readonly HashSet<string> Parts = ["sensitivity", "personalData", "legalBasis", "permittedPurposes", "retentionDays", "anonymised", "purpose", "euAiAct", "tier", "role", "basis", "materiality", "accountableExecutive"];

    /// <summary>The class on record, proposed or confirmed, is the one that is wanted.</summary>
    public static bool IsOnRecord(JsonObject wanted, JsonElement onRecord)
    {
        var (text, worded) = (Class(JsonSerializer.SerializeToElement(wanted), true), wanted.ContainsKey("purpose"));
        return new[] { onRecord.Of("proposed"), onRecord.Of("confirmed") }.Any(known => known is { } @class && Class(@class, worded) == text);
    }

    private static string Class(JsonElement @class, bool worded) => Fields(@class.EnumerateObject()
        .Where(field => Parts.Contains(field.Name) && (worded || field.Name != "purpose") && !(field.Name == "anonymised" && field.Value.ValueKind is JsonValueKind.False)));

    private static string Fields(IEnumerable<JsonProperty> fields) => "{" + string.Join(',', fields
        .Where(field => field.Value.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.Array => field.Value.GetArrayLength() > 0,
            _ => true,
        })
        .OrderBy(field => field.Name, StringComparer.Ordinal)
        .Select(field => $"{field.Name}:{Text(field.Value)}")) + "}";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Fields(value.EnumerateObject()),
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Text).Order(StringComparer.Ordinal)) + "]",
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number.ToString("0.############################", CultureInfo.InvariantCulture),
        JsonValueKind.String => JsonSerializer.Serialize(value.GetString()), // one spelling, however it was escaped
        _ => value.GetRawText(),
    };
}
