using System.Text.Json;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>Where in the facts something stands: a path of names, and in a list the item with a certain identity, wherever it stands there.</summary>
internal sealed record FactPlace(string Name, string Path, string? Identity)
{
    /// <summary>Items of one list that are told apart; what comes after them is left out.</summary>
    public const int MostItems = 10;

    private static readonly string[] Identifying = ["id", "name", "digest"];

    /// <summary>The places behind a path: each item where it leads to a list of records, else the one.</summary>
    public static IReadOnlyList<FactPlace> Of(string path, JsonElement facts) =>
        At(facts, path) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && list.EnumerateArray().All(i => IdentityOf(i) is not null)
            ? [.. list.EnumerateArray().Take(MostItems).Select(i => IdentityOf(i)!).Distinct(StringComparer.Ordinal).Select(id => new FactPlace($"{path}[{id}]", path, id))]
            : [new(path, path, null)];

    public bool IsSame(JsonElement before, JsonElement after) => (In(before), In(after)) switch
    {
        (null, null) => true,
        ({ } a, { } b) => JsonElement.DeepEquals(a, b),
        _ => false,
    };

    private JsonElement? In(JsonElement facts)
    {
        if (At(facts, Path) is not { } found || Identity is null) return At(facts, Path);
        if (found.ValueKind != JsonValueKind.Array) return null;
        foreach (var item in found.EnumerateArray())
        {
            if (IdentityOf(item) == Identity) return item;
        }

        return null;
    }

    private static JsonElement? At(JsonElement facts, string path)
    {
        var at = facts;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)) return null;
        }

        return at;
    }

    private static string? IdentityOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in Identifying)
        {
            if (item.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.String)
                return item.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String ? $"{id.GetString()}@{version.GetString()}" : id.GetString();
        }

        return null;
    }
}
