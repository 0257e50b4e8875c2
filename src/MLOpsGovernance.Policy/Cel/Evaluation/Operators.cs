using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Evaluation;

/// <summary>Arithmetic: no implicit conversion, and nothing overflows silently. Arguments are values.</summary>
internal static class Operators
{
    public static CelValue Add(Meter meter, in CelValue a, in CelValue b)
    {
        if (a.Kind == b.Kind)
        {
            switch (a.Kind)
            {
                case CelKind.Int:
                    meter.Spend(1);
                    var sum = unchecked(a.Int + b.Int);
                    return ((a.Int ^ sum) & (b.Int ^ sum)) < 0 ? CelError.IntOverflow : CelValue.Of(sum);
                case CelKind.UInt:
                    meter.Spend(1);
                    var total = unchecked(a.UInt + b.UInt);
                    return total < a.UInt ? CelError.UIntOverflow : CelValue.Of(total);
                case CelKind.Double:
                    meter.Spend(1);
                    return CelValue.Of(a.Double + b.Double);
                case CelKind.String:
                    return meter.Spend(Sizes.Tenth(a.String.Length + (long)b.String.Length)) ? CelValue.Of(a.String + b.String) : CelError.Budget;
                case CelKind.Bytes:
                    return meter.Spend(Sizes.Tenth(a.Bytes.Length + (long)b.Bytes.Length)) ? CelValue.Of([.. a.Bytes, .. b.Bytes]) : CelError.Budget;
                case CelKind.List:
                    return meter.Spend(1 + a.List.Count + (long)b.List.Count)
                        ? CelValue.Of(new CelList([.. a.List.Items, .. b.List.Items])) : CelError.Budget;
                case CelKind.Duration:
                    meter.Spend(1);
                    return CelDuration.Add(a.Duration, b.Duration);
            }
        }

        meter.Spend(1);
        return (a.Kind, b.Kind) switch
        {
            (CelKind.Timestamp, CelKind.Duration) => a.Timestamp.Add(b.Duration.Nanos),
            (CelKind.Duration, CelKind.Timestamp) => b.Timestamp.Add(a.Duration.Nanos),
            _ => NoOverload("+", a, b),
        };
    }

    public static CelValue Subtract(Meter meter, in CelValue a, in CelValue b)
    {
        meter.Spend(1);
        switch (a.Kind, b.Kind)
        {
            case (CelKind.Int, CelKind.Int):
                var difference = unchecked(a.Int - b.Int);
                return ((a.Int ^ b.Int) & (a.Int ^ difference)) < 0 ? CelError.IntOverflow : CelValue.Of(difference);
            case (CelKind.UInt, CelKind.UInt): return a.UInt < b.UInt ? CelError.UIntOverflow : CelValue.Of(a.UInt - b.UInt);
            case (CelKind.Double, CelKind.Double): return CelValue.Of(a.Double - b.Double);
            case (CelKind.Timestamp, CelKind.Timestamp): return a.Timestamp.Minus(b.Timestamp);
            case (CelKind.Timestamp, CelKind.Duration): return a.Timestamp.Add(-(Int128)b.Duration.Nanos);
            case (CelKind.Duration, CelKind.Duration): return CelDuration.Subtract(a.Duration, b.Duration);
            default: return NoOverload("-", a, b);
        }
    }

    public static CelValue Multiply(Meter meter, in CelValue a, in CelValue b)
    {
        meter.Spend(1);
        switch (a.Kind, b.Kind)
        {
            case (CelKind.Int, CelKind.Int):
                var high = Math.BigMul(a.Int, b.Int, out var low);
                return high == low >> 63 ? CelValue.Of(low) : CelError.IntOverflow;
            case (CelKind.UInt, CelKind.UInt):
                return Math.BigMul(a.UInt, b.UInt, out var product) == 0 ? CelValue.Of(product) : CelError.UIntOverflow;
            case (CelKind.Double, CelKind.Double): return CelValue.Of(a.Double * b.Double);
            default: return NoOverload("*", a, b);
        }
    }

    public static CelValue Divide(Meter meter, in CelValue a, in CelValue b)
    {
        meter.Spend(1);
        return (a.Kind, b.Kind) switch
        {
            (CelKind.Int, CelKind.Int) => b.Int == 0 ? CelError.DivideByZero
                : a.Int == long.MinValue && b.Int == -1 ? CelError.IntOverflow : CelValue.Of(a.Int / b.Int),
            (CelKind.UInt, CelKind.UInt) => b.UInt == 0 ? CelError.DivideByZero : CelValue.Of(a.UInt / b.UInt),
            (CelKind.Double, CelKind.Double) => CelValue.Of(a.Double / b.Double),
            _ => NoOverload("/", a, b),
        };
    }

    public static CelValue Modulo(Meter meter, in CelValue a, in CelValue b)
    {
        meter.Spend(1);
        return (a.Kind, b.Kind) switch
        {
            (CelKind.Int, CelKind.Int) => b.Int == 0 ? CelError.ModulusByZero
                : a.Int == long.MinValue && b.Int == -1 ? CelError.IntOverflow : CelValue.Of(a.Int % b.Int),
            (CelKind.UInt, CelKind.UInt) => b.UInt == 0 ? CelError.ModulusByZero : CelValue.Of(a.UInt % b.UInt),
            _ => NoOverload("%", a, b),
        };
    }

    public static CelValue Negate(Meter meter, in CelValue a)
    {
        meter.Spend(1);
        return a.Kind switch
        {
            CelKind.Int => a.Int == long.MinValue ? CelError.IntOverflow : CelValue.Of(-a.Int),
            CelKind.Double => CelValue.Of(-a.Double),
            _ => CelValue.Error($"no such overload: -{TypeNames.Of(a)}"),
        };
    }

    public static CelValue Not(Meter meter, in CelValue a)
    {
        meter.Spend(1);
        return a.Kind == CelKind.Bool ? CelValue.Of(!a.Bool) : CelValue.Error($"no such overload: !{TypeNames.Of(a)}");
    }

    public static CelValue NoOverload(string sign, in CelValue a, in CelValue b) =>
        CelValue.Error($"no such overload: {TypeNames.Of(a)} {sign} {TypeNames.Of(b)}");
}
