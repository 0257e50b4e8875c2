using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>Equality and order. Equality is total over values: different types are unequal, never an error.</summary>
internal static class Comparison
{
    private static readonly CelValue Exhausted = CelError.Budget;

    /// <summary>True, false, or an error: the budget's, or one that lies inside a compared value.</summary>
    public static CelValue Equal(Meter meter, in CelValue a, in CelValue b)
    {
        if (a.Kind == CelKind.String && b.Kind == CelKind.String)
        {
            // Charged by the shorter one, but never free: a loop over comparisons has to end.
            meter.Spend(Math.Max(1, Sizes.Tenth(Math.Min(a.String.Length, b.String.Length))));
            return CelValue.Of(a.String == b.String);
        }

        if (a.IsNumber && b.IsNumber)
        {
            meter.Spend(1);
            return CelValue.Of(Numbers.Compare(a, b) == 0);
        }

        if (!a.IsValue) return a;
        if (!b.IsValue) return b;
        if (a.Kind != b.Kind)
        {
            meter.Spend(1);
            return CelValue.False;
        }

        return EqualOfSameKind(meter, a, b);
    }

    private static CelValue EqualOfSameKind(Meter meter, in CelValue a, in CelValue b)
    {
        switch (a.Kind)
        {
            case CelKind.List: return EqualLists(meter, a.List, b.List);
            case CelKind.Map: return EqualMaps(meter, a.Map, b.Map);
            case CelKind.Object: return EqualObjects(meter, a.Object, b.Object);
            case CelKind.Bytes:
                return meter.Spend(Math.Max(1, Sizes.Tenth(Math.Min(a.Bytes.Length, b.Bytes.Length))))
                    ? CelValue.Of(a.Bytes.AsSpan().SequenceEqual(b.Bytes)) : Exhausted;
            case CelKind.Optional:
                meter.Spend(1);
                return a.Optional.HasValue && b.Optional.HasValue
                    ? Equal(meter, a.Optional.Value, b.Optional.Value)
                    : CelValue.Of(a.Optional.HasValue == b.Optional.HasValue);
        }

        meter.Spend(1);
        return CelValue.Of(a.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool => a.Bool == b.Bool,
            CelKind.Timestamp => a.Timestamp == b.Timestamp,
            CelKind.Duration => a.Duration == b.Duration,
            CelKind.Type => a.TypeName == b.TypeName,
            CelKind.Ip => a.Ip == b.Ip,
            CelKind.Version => a.Version.Precedence(b.Version) == 0,
            _ => a.Cidr == b.Cidr,
        });
    }

    private static CelValue EqualLists(Meter meter, CelList a, CelList b)
    {
        if (!meter.Spend(1)) return Exhausted;
        if (a.Count != b.Count) return CelValue.False;
        for (var i = 0; i < a.Count; i++)
        {
            var same = Equal(meter, a[i], b[i]);
            if (!same.IsTrue) return same;
            if (meter.IsExhausted) return Exhausted;
        }

        return CelValue.True;
    }

    private static CelValue EqualMaps(Meter meter, CelMap a, CelMap b)
    {
        if (!meter.Spend(1)) return Exhausted;
        if (a.Count != b.Count) return CelValue.False;
        for (var i = 0; i < a.Count; i++)
        {
            if (!b.TryGet(a.Keys[i], out var other)) return CelValue.False;
            var same = Equal(meter, a.Values[i], other);
            if (!same.IsTrue) return same;
            if (meter.IsExhausted) return Exhausted;
        }

        return CelValue.True;
    }

    private static CelValue EqualObjects(Meter meter, CelObject a, CelObject b)
    {
        if (!meter.Spend(1)) return Exhausted;
        if (!ReferenceEquals(a.Type, b.Type)) return CelValue.False;
        for (var i = 0; i < a.Fields.Length; i++)
        {
            var (mine, theirs) = (a.Fields[i], b.Fields[i]);
            if (mine.Kind == CelKind.None && theirs.Kind == CelKind.None) continue;
            if (mine.Kind == CelKind.None || theirs.Kind == CelKind.None) return CelValue.False;
            var same = Equal(meter, mine, theirs);
            if (!same.IsTrue) return same;
            if (meter.IsExhausted) return Exhausted;
        }

        return CelValue.True;
    }

    public static CelValue Less(Meter meter, in CelValue a, in CelValue b) =>
        TryCompare(meter, a, b, out var order) ? CelValue.Of(order < 0 && order != Numbers.Unordered) : Operators.NoOverload("<", a, b);

    public static CelValue LessOrEqual(Meter meter, in CelValue a, in CelValue b) =>
        TryCompare(meter, a, b, out var order) ? CelValue.Of(order <= 0 && order != Numbers.Unordered) : Operators.NoOverload("<=", a, b);

    public static CelValue Greater(Meter meter, in CelValue a, in CelValue b) =>
        TryCompare(meter, a, b, out var order) ? CelValue.Of(order > 0) : Operators.NoOverload(">", a, b);

    public static CelValue GreaterOrEqual(Meter meter, in CelValue a, in CelValue b) =>
        TryCompare(meter, a, b, out var order) ? CelValue.Of(order >= 0) : Operators.NoOverload(">=", a, b);

    /// <summary>False when the two have no order.</summary>
    public static bool TryCompare(Meter meter, in CelValue a, in CelValue b, out int order)
    {
        order = 0;
        if (a.Kind == CelKind.Int && b.Kind == CelKind.Int)
        {
            meter.Spend(1);
            order = a.Int.CompareTo(b.Int);
            return true;
        }

        if (a.IsNumber && b.IsNumber)
        {
            meter.Spend(1);
            order = Numbers.Compare(a, b);
            return true;
        }

        if (a.Kind != b.Kind)
        {
            meter.Spend(1);
            return false;
        }

        switch (a.Kind)
        {
            case CelKind.String:
                meter.Spend(Math.Max(1, Sizes.Tenth(Math.Min(a.String.Length, b.String.Length))));
                order = CodePoints.Compare(a.String, b.String);
                return true;
            case CelKind.Bytes:
                meter.Spend(Math.Max(1, Sizes.Tenth(Math.Min(a.Bytes.Length, b.Bytes.Length))));
                order = a.Bytes.AsSpan().SequenceCompareTo(b.Bytes);
                return true;
        }

        meter.Spend(1);
        switch (a.Kind)
        {
            case CelKind.Bool: order = a.Bool.CompareTo(b.Bool); return true;
            case CelKind.Timestamp: order = a.Timestamp.Order(b.Timestamp); return true;
            case CelKind.Duration: order = a.Duration.Nanos.CompareTo(b.Duration.Nanos); return true;
            default: return false;
        }
    }
}
