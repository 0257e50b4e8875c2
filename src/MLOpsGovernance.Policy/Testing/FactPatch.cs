using System.Globalization;
using System.Text.Json.Nodes;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy.Testing;

/// <summary>Applies the operations of RFC 6902 that tests use.</summary>
internal static class FactPatch
{
    /// <summary>Null when applied; else why it cannot be.</summary>
    public static string? Apply(JsonNode root, PatchStep step)
    {
        if (!step.Path.StartsWith('/')) return $"'{step.Path}' is no path; it begins with '/'";
        var parts = step.Path[1..].Split('/').Select(static p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        var parent = root;
        foreach (var part in parts[..^1])
        {
            parent = parent switch
            {
                JsonObject record => record[part],
                JsonArray array when Index(part, array.Count - 1) is { } index => array[index],
                _ => null,
            };
            if (parent is null) return $"there is nothing at '{step.Path}'";
        }

        var value = step.Value is null ? null : JsonNode.Parse(YamlJson.Utf8(step.Value));
        return parent switch
        {
            JsonObject record => Change(record, parts[^1], step, value),
            JsonArray array => Change(array, parts[^1], step, value),
            _ => $"there is nothing at '{step.Path}'",
        };
    }

    private static string? Change(JsonObject record, string name, PatchStep step, JsonNode? value)
    {
        if (step.Operation != "add" && !record.ContainsKey(name)) return $"there is nothing at '{step.Path}' to {step.Operation}";
        if (step.Operation == "remove") record.Remove(name);
        else record[name] = value;
        return null;
    }

    private static string? Change(JsonArray array, string part, PatchStep step, JsonNode? value)
    {
        if (step.Operation == "add")
        {
            if ((part == "-" ? array.Count : Index(part, array.Count)) is not { } at) return $"'{step.Path}' is outside the list";
            array.Insert(at, value);
            return null;
        }

        if (Index(part, array.Count - 1) is not { } index) return $"there is nothing at '{step.Path}' to {step.Operation}";
        if (step.Operation == "remove") array.RemoveAt(index);
        else array[index] = value;
        return null;
    }

    private static int? Index(string part, int most) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= most && (part.Length == 1 || part[0] != '0') ? index : null;
}
