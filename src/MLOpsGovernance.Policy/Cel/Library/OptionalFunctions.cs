using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Optional values.</summary>
internal static class OptionalFunctions
{
    private static readonly CelValue None = CelValue.Of(CelOptional.None);

    public static void AddTo(LibraryBuilder library) => library
        .Global("optional.of(A): optional_type(A)", static (_, a) => Of(a[0]), extent: static e => e[0])
        .Global("optional.none(): optional_type(A)", static (_, _) => None)
        .Global("optional.ofNonZeroValue(A): optional_type(A)", static (_, a) => IsZero(a[0]) ? None : Of(a[0]), extent: static e => e[0])
        .Member("optional_type(A).hasValue(): bool", static (_, a) => CelValue.Of(a[0].Optional.HasValue))
        .Member("optional_type(A).value(): A", static (_, a) => a[0].Optional.HasValue ? a[0].Optional.Value : CelError.EmptyOptional, extent: static e => e[0])
        .Member("optional_type(A).or(optional_type(A)): optional_type(A)", null)
        .Member("optional_type(A).orValue(A): A", null)
        .Member("list(A).first(): optional_type(A)", static (_, a) => a[0].List.Count == 0 ? None : Of(a[0].List[0]), extent: static e => e[0].Items)
        .Member("list(A).last(): optional_type(A)", static (_, a) => a[0].List.Count == 0 ? None : Of(a[0].List[^1]), extent: static e => e[0].Items)
        .Global("optional.unwrap(list(optional_type(A))): list(A)", static (_, a) => Unwrap(a[0].List), static sizes => sizes[0], static e => e[0])
        .Member("list(optional_type(A)).unwrapOpt(): list(A)", static (_, a) => Unwrap(a[0].List), static sizes => sizes[0], static e => e[0]);

    private static CelValue Of(in CelValue value) => value.IsValue ? CelValue.Of(new CelOptional(value)) : value;

    private static CelValue Unwrap(CelList list)
    {
        var values = new ListBuilder(list.Count);
        foreach (ref readonly var item in list.Items)
        {
            if (item.Kind != CelKind.Optional) return CelError.NoOverload;
            if (item.Optional.HasValue) values.Add(item.Optional.Value);
        }

        return values.ToValue();
    }

    private static bool IsZero(in CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool => !value.Bool,
        CelKind.Int => value.Int == 0,
        CelKind.UInt => value.UInt == 0,
        CelKind.Double => value.Double == 0,
        CelKind.String => value.String.Length == 0,
        CelKind.Bytes => value.Bytes.Length == 0,
        CelKind.List => value.List.Count == 0,
        CelKind.Map => value.Map.Count == 0,
        CelKind.Duration => value.Duration.Nanos == 0,
        CelKind.Optional => !value.Optional.HasValue,
        _ => false,
    };
}
