using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Classification;

/// <summary>Whether two classes say the same: what is left out, null or empty says nothing, lists have no order, and the reason given for a class is not part of it.</summary>
internal static class ClassComparison
{
    private static readonly HashSet<string> Parts = ["sensitivity", "personalData", "legalBasis", "permittedPurposes", "retentionDays", "euAiAct", "tier", "role", "basis", "materiality"];

    /// <summary>The class on record, proposed or confirmed, is the one that is wanted.</summary>
    public static bool IsOnRecord(JsonObject wanted, JsonElement onRecord)
    {
        var text = Class(JsonSerializer.SerializeToElement(wanted));
        return new[] { onRecord.Of("proposed"), onRecord.Of("confirmed") }.Any(known => known is { } @class && Class(@class) == text);
    }

    private static string Class(JsonElement @class) => Fields(@class.EnumerateObject().Where(field => Parts.Contains(field.Name)));

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
