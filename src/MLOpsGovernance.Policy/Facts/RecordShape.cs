using System.Text;
using System.Text.Json;
using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Facts;

/// <summary>How to read one JSON object: its field names in UTF-8 and their types.</summary>
internal sealed class RecordShape(IReadOnlyList<string> names, IReadOnlyList<FactType> types, ObjectType? type = null)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public ObjectType? Type => type;

    public IReadOnlyList<string> Names => names;

    public IReadOnlyList<FactType> Types => types;

    /// <summary>The field that the reader's property names, or -1.</summary>
    /// <param name="guess">Where to look first: writers tend to keep one order.</param>
    public int Find(ref Utf8JsonReader reader, int guess)
    {
        for (var i = 0; i < _utf8.Length; i++)
        {
            var at = guess + i;
            if (at >= _utf8.Length) at -= _utf8.Length;
            if (reader.ValueTextEquals(_utf8[at])) return at;
        }

        return -1;
    }
}
