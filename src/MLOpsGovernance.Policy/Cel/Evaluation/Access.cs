using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>Selection, indexing and membership. An optional operand makes the whole chain optional.</summary>
internal static class Access
{
    private static readonly CelValue None = CelValue.Of(CelOptional.None);

    public static CelValue Select(in CelValue operand, string field) => operand.Kind switch
    {
        CelKind.Object => operand.Object.Select(field),
        CelKind.Map => operand.Map.TryGet(field, out var value) ? value : CelError.NoField(field),
        CelKind.Optional => operand.Optional.HasValue ? OptionalSelect(operand.Optional.Value, field) : None,
        _ => CelValue.Error($"no such overload: a value of type {TypeNames.Of(operand)} has no field '{field}'"),
    };

    public static CelValue OptionalSelect(in CelValue operand, string field)
    {
        switch (operand.Kind)
        {
            case CelKind.Map: return operand.Map.TryGet(field, out var value) ? Of(value) : None;
            case CelKind.Object:
                var has = operand.Object.Has(field);
                return has.IsTrue ? Of(operand.Object.Select(field)) : has.IsFalse ? None : has;
            default: return Select(operand, field);
        }
    }

    /// <summary>Errors stay errors inside an optional chain.</summary>
    private static CelValue Of(in CelValue value) => value.IsValue ? CelValue.Of(new CelOptional(value)) : value;

    public static CelValue Has(in CelValue operand, string field) => operand.Kind switch
    {
        CelKind.Object => operand.Object.Has(field),
        CelKind.Map => CelValue.Of(operand.Map.TryGet(field, out _)),
        CelKind.Optional => operand.Optional.HasValue ? Has(operand.Optional.Value, field) : CelValue.False,
        _ => CelValue.Error($"no such overload: a value of type {TypeNames.Of(operand)} has no field '{field}'"),
    };

    public static CelValue Index(Meter meter, in CelValue operand, in CelValue index)
    {
        meter.Spend(1);
        switch (operand.Kind)
        {
            case CelKind.List:
                return TryPosition(index, out var at)
                    ? at >= 0 && at < operand.List.Count ? operand.List[(int)at] : CelError.IndexRange(at, operand.List.Count)
                    : CelValue.Error($"a list has no index {ValueText.Json(index, 60)}");
            case CelKind.Map:
                return !IsLookup(index) ? CelValue.Error($"a map has no keys of type {TypeNames.Of(index)}")
                    : operand.Map.TryGet(index, out var value) ? value : CelError.NoKey(index);
            case CelKind.Optional:
                return operand.Optional.HasValue ? OptionalIndex(meter, operand.Optional.Value, index) : None;
            default: return CelValue.Error($"no such overload: {TypeNames.Of(operand)}[{TypeNames.Of(index)}]");
        }
    }

    public static CelValue OptionalIndex(Meter meter, in CelValue operand, in CelValue index)
    {
        switch (operand.Kind)
        {
            case CelKind.List when TryPosition(index, out var at):
                meter.Spend(1);
                return at >= 0 && at < operand.List.Count ? Of(operand.List[(int)at]) : None;
            case CelKind.Map when IsLookup(index):
                meter.Spend(1);
                return operand.Map.TryGet(index, out var value) ? Of(value) : None;
            default: return Index(meter, operand, index);
        }
    }

    private static bool IsLookup(in CelValue key) => CelMap.IsKey(key) || key.Kind == CelKind.Double;

    /// <summary>Any number that is integral.</summary>
    private static bool TryPosition(in CelValue index, out long position)
    {
        position = index.Kind switch
        {
            CelKind.Int => index.Int,
            CelKind.UInt => index.UInt > long.MaxValue ? long.MaxValue : (long)index.UInt,
            CelKind.Double when index.Double is > -9e18 and < 9e18 && Math.Truncate(index.Double) == index.Double => (long)index.Double,
            _ => long.MinValue,
        };
        return position != long.MinValue;
    }

    /// <summary><c>a in b</c>: an element of a list or a key of a map.</summary>
    public static CelValue In(Meter meter, in CelValue item, in CelValue container)
    {
        switch (container.Kind)
        {
            case CelKind.Map:
                meter.Spend(1);
                return CelValue.Of(IsLookup(item) && container.Map.TryGet(item, out _));
            case CelKind.List:
                meter.Spend(1);
                var failure = default(CelValue);
                foreach (ref readonly var candidate in container.List.Items)
                {
                    var same = Comparison.Equal(meter, item, candidate);
                    if (same.IsTrue) return same;
                    if (!same.IsFalse) failure = same;
                    if (meter.IsExhausted) return CelError.Budget;
                }

                return failure.Kind == CelKind.None ? CelValue.False : failure;
            default: return Operators.NoOverload("in", item, container);
        }
    }
}
