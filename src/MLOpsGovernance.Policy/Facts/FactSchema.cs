using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Facts;

/// <summary>What a decision may know: every fact with its type and its bounds.</summary>
public sealed class FactSchema
{
    internal static readonly FactSchema Empty = new("", [], []);

    private readonly Dictionary<string, int> _index;

    internal FactSchema(string path, IReadOnlyList<KeyValuePair<string, FactType>> facts, IReadOnlyList<RecordShape> records)
    {
        (Path, Facts) = (path, facts);
        Names = [.. facts.Select(static f => f.Key)];
        Shape = new(Names, [.. facts.Select(static f => f.Value)]);
        Records = new(records.Select(static r => KeyValuePair.Create<CelType, RecordShape>(r.Type!, r)), ReferenceEqualityComparer.Instance);
        _index = Names.Select(static (name, i) => (name, i)).ToDictionary(static p => p.name, static p => p.i, StringComparer.Ordinal);
    }

    /// <summary>The file that declares it.</summary>
    public string Path { get; }

    /// <summary>Names of the top-level facts, in the order of the document.</summary>
    public IReadOnlyList<string> Names { get; }

    internal IReadOnlyList<KeyValuePair<string, FactType>> Facts { get; }

    /// <summary>The facts themselves, seen as one record.</summary>
    internal RecordShape Shape { get; }

    internal Dictionary<CelType, RecordShape> Records { get; }

    internal int IndexOf(string fact) => _index.GetValueOrDefault(fact, -1);
}
