using MLOpsGovernance.Policy.Cel.Types;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>A record of a declared type. Fields lie in declaration order, so a checked selection is one array access.</summary>
/// <remarks>A field may hold an error (ill-typed or missing although required) or nothing (an absent optional one).</remarks>
internal sealed class CelObject(ObjectType type, CelValue[] fields)
{
    public ObjectType Type => type;

    public ReadOnlySpan<CelValue> Fields => fields;

    public CelValue Select(int index) =>
        fields[index].Kind == CelKind.None ? CelError.NoField(type.Fields[index].Name) : fields[index];

    public CelValue Select(string field) => type.IndexOf(field) is var index and >= 0 ? Select(index) : CelError.NoField(field);

    /// <summary>An absent required field is an error here too: a missing fact must not look like a deliberate absence.</summary>
    public CelValue Has(string field) => type.IndexOf(field) is var index and >= 0 ? Has(index) : CelError.NoField(field);

    public CelValue Has(int index) => fields[index].Kind switch
    {
        CelKind.None => CelValue.False,
        CelKind.Error or CelKind.Unknown => fields[index],
        _ => CelValue.True,
    };
}
