using System.Text.Json;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>How inputs of reference cases are read.</summary>
internal static class AdvisorInputs
{
    public const ulong Seed = 20_261_125;

    public static double Number(this JsonElement input, string field) => input.GetProperty(field).GetDouble();

    public static double Number(this JsonElement input, string field, double otherwise) => input.NumberOrNull(field) ?? otherwise;

    public static double? NumberOrNull(this JsonElement input, string field) => input.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static int Whole(this JsonElement input, string field) => (int)Math.Round(input.Number(field));

    public static string Text(this JsonElement input, string field) => input.GetProperty(field).GetString()!;

    public static bool? Flag(this JsonElement input, string field) => input.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public static double[] Numbers(this JsonElement input, string field) => Numbers(input.GetProperty(field));

    /// <summary>A list, or <c>{linspace: [from, to, n], add}</c>.</summary>
    public static double[] Numbers(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray().Select(static v => v.GetDouble())];
        var line = value.GetProperty("linspace");
        var (from, to, n) = (line[0].GetDouble(), line[1].GetDouble(), line[2].GetInt32());
        var add = value.Number("add", 0);
        return [.. Enumerable.Range(0, n).Select(i => from + (n > 1 ? (to - from) * i / (n - 1) : 0) + add)];
    }

    public static double[]? NumbersOrNull(this JsonElement input, string field) =>
        input.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? Numbers(value) : null;

    public static double[][] Rows(this JsonElement input, string field) => [.. input.GetProperty(field).EnumerateArray().Select(Numbers)];

    public static string[] Words(this JsonElement input, string field) => [.. input.GetProperty(field).EnumerateArray().Select(static v => v.GetString()!)];

    /// <summary>By name, in the order of the file.</summary>
    public static (string Name, JsonElement Value)[] Named(this JsonElement input, string field) => [.. input.GetProperty(field).EnumerateObject().Select(static p => (p.Name, p.Value))];
}
