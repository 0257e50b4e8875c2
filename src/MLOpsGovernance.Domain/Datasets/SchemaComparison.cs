namespace MLOpsGovernance.Domain.Datasets;

/// <param name="Kind">One of <see cref="SchemaComparison.Kinds"/>.</param>
/// <param name="From">Its type before; null for what was added.</param>
/// <param name="To">Its type now; null for what was removed.</param>
/// <param name="Breaking">Whether what read the version before may fail on this one, or silently read something else.</param>
public sealed record SchemaChange(string Field, string Kind, string? From, string? To, bool Breaking);

/// <summary>
/// What is different between the columns of two versions. Removing a column breaks, and so does another type, unless every value of the old one is a value of the new. A column that is added breaks nothing; that columns
/// stand in another order is no change.
/// </summary>
public static class SchemaComparison
{
    public const string Added = "added", Removed = "removed", Retyped = "retyped";

    public static IReadOnlyList<string> Kinds { get; } = [Added, Removed, Retyped];

    /// <summary>For each type those that hold all of its values. Words of SQL, Arrow, pandas and Spark for the same are one.</summary>
    private static readonly Dictionary<string, string[]> Wider = new(StringComparer.Ordinal)
    {
        ["int8"] = ["int16", "int32", "int64", "float32", "float64"],
        ["int16"] = ["int32", "int64", "float32", "float64"],
        ["int32"] = ["int64", "float64"],
        ["float32"] = ["float64"],
        ["date"] = ["timestamp"],
    };

    private static readonly Dictionary<string, string> SameType = new(StringComparer.Ordinal)
    {
        ["tinyint"] = "int8", ["byte"] = "int8", ["smallint"] = "int16", ["short"] = "int16", ["int"] = "int32", ["integer"] = "int32", ["bigint"] = "int64", ["long"] = "int64", ["float"] = "float32", ["real"] = "float32",
        ["double"] = "float64", ["double precision"] = "float64", ["varchar"] = "string", ["text"] = "string", ["str"] = "string", ["object"] = "string", ["utf8"] = "string", ["bool"] = "boolean", ["datetime"] = "timestamp",
    };

    /// <returns>In the order of the columns' names; null where the columns of one of them are not on record.</returns>
    public static IReadOnlyList<SchemaChange>? Of(DatasetVersion? before, DatasetVersion now) => before?.Schema is { } from && now.Schema is { } to ? Of(from, to) : null;

    public static IReadOnlyList<SchemaChange> Of(IReadOnlyList<SchemaField> before, IReadOnlyList<SchemaField> now)
    {
        var (from, to) = (Types(before), Types(now));
        return
        [
            .. from.Keys.Union(to.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(field => (from.GetValueOrDefault(field), to.GetValueOrDefault(field)) switch
            {
                (null, { } type) => new SchemaChange(field, Added, null, type, false),
                ({ } type, null) => new SchemaChange(field, Removed, type, null, true),
                ({ } was, { } type) when Word(was) != Word(type) => new SchemaChange(field, Retyped, was, type, !Wider.GetValueOrDefault(Word(was), []).Contains(Word(type), StringComparer.Ordinal)),
                _ => null,
            }).OfType<SchemaChange>(),
        ];
    }

    /// <summary>The version that was registered before another; null for the first.</summary>
    public static DatasetVersion? Before(Dataset dataset, DatasetVersion version) =>
        dataset.Versions.Values.Where(v => v.Version != version.Version && (v.At < version.At || (v.At == version.At && string.CompareOrdinal(v.Version, version.Version) < 0)))
            .OrderBy(v => v.At).ThenBy(v => v.Version, StringComparer.Ordinal).LastOrDefault();

    /// <summary>Of a column that is named twice the last counts.</summary>
    private static Dictionary<string, string> Types(IReadOnlyList<SchemaField> fields)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields) types[field.Name] = field.Type;
        return types;
    }

    private static string Word(string type) => type.Trim().ToLowerInvariant() is var word ? SameType.GetValueOrDefault(word, word) : type;
}
