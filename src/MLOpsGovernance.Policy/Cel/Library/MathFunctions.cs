using System.Numerics;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>The math extension.</summary>
internal static class MathFunctions
{
    private static readonly string[] Numeric = ["int", "uint", "double"];

    public static void AddTo(LibraryBuilder library)
    {
        Extremes(library, "math.greatest", 1);
        Extremes(library, "math.least", -1);
        Rounding(library);
        Bits(library);

        library
            .Global("math.abs(int): int", static (_, a) => a[0].Int == long.MinValue ? CelError.IntOverflow : CelValue.Of(Math.Abs(a[0].Int)))
            .Global("math.abs(uint): uint", static (_, a) => a[0])
            .Global("math.abs(double): double", static (_, a) => CelValue.Of(Math.Abs(a[0].Double)))
            .Global("math.sign(int): int", static (_, a) => CelValue.Of((long)Math.Sign(a[0].Int)))
            .Global("math.sign(uint): uint", static (_, a) => CelValue.Of(a[0].UInt == 0 ? 0UL : 1UL))
            .Global("math.sign(double): double", static (_, a) => CelValue.Of(double.IsNaN(a[0].Double) ? double.NaN : Math.Sign(a[0].Double)))
            .Global("math.sqrt(int): double", static (_, a) => CelValue.Of(Math.Sqrt(a[0].Int)))
            .Global("math.sqrt(uint): double", static (_, a) => CelValue.Of(Math.Sqrt(a[0].UInt)))
            .Global("math.sqrt(double): double", static (_, a) => CelValue.Of(Math.Sqrt(a[0].Double)));
    }

    private static void Rounding(LibraryBuilder library) => library
        .Global("math.ceil(double): double", static (_, a) => CelValue.Of(Math.Ceiling(a[0].Double)))
        .Global("math.floor(double): double", static (_, a) => CelValue.Of(Math.Floor(a[0].Double)))
        .Global("math.round(double): double", static (_, a) => CelValue.Of(Math.Round(a[0].Double, MidpointRounding.AwayFromZero)))
        .Global("math.trunc(double): double", static (_, a) => CelValue.Of(Math.Truncate(a[0].Double)))
        .Global("math.isNaN(double): bool", static (_, a) => CelValue.Of(double.IsNaN(a[0].Double)))
        .Global("math.isInf(double): bool", static (_, a) => CelValue.Of(double.IsInfinity(a[0].Double)))
        .Global("math.isFinite(double): bool", static (_, a) => CelValue.Of(double.IsFinite(a[0].Double)));

    private static void Bits(LibraryBuilder library)
    {
        library
            .Global("math.bitAnd(int, int): int", static (_, a) => CelValue.Of(a[0].Int & a[1].Int))
            .Global("math.bitAnd(uint, uint): uint", static (_, a) => CelValue.Of(a[0].UInt & a[1].UInt))
            .Global("math.bitOr(int, int): int", static (_, a) => CelValue.Of(a[0].Int | a[1].Int))
            .Global("math.bitOr(uint, uint): uint", static (_, a) => CelValue.Of(a[0].UInt | a[1].UInt))
            .Global("math.bitXor(int, int): int", static (_, a) => CelValue.Of(a[0].Int ^ a[1].Int))
            .Global("math.bitXor(uint, uint): uint", static (_, a) => CelValue.Of(a[0].UInt ^ a[1].UInt))
            .Global("math.bitNot(int): int", static (_, a) => CelValue.Of(~a[0].Int))
            .Global("math.bitNot(uint): uint", static (_, a) => CelValue.Of(~a[0].UInt));

        // C# masks the shift count and keeps the sign; the language does neither.
        library
            .Global("math.bitShiftLeft(int, int): int", static (_, a) => Shift(a[1].Int, a[0].Int, static (v, n) => v << n))
            .Global("math.bitShiftLeft(uint, int): uint", static (_, a) => Shift(a[1].Int, a[0].UInt, static (v, n) => v << n))
            .Global("math.bitShiftRight(int, int): int", static (_, a) => Shift(a[1].Int, a[0].Int, static (v, n) => v >>> n))
            .Global("math.bitShiftRight(uint, int): uint", static (_, a) => Shift(a[1].Int, a[0].UInt, static (v, n) => v >> n));
    }

    private static CelValue Shift<T>(long by, T value, Func<T, int, T> shift)
        where T : INumber<T>
    {
        if (by < 0) return CelValue.Error("a shift must not be negative");
        var shifted = by >= 64 ? T.Zero : shift(value, (int)by);
        return shifted is long signed ? CelValue.Of(signed) : CelValue.Of((ulong)(object)shifted);
    }

    private static void Extremes(LibraryBuilder library, string name, int sign)
    {
        foreach (var type in Numeric)
        {
            library.Global($"{name}({type}): {type}", static (_, a) => a[0]);
            library.Global($"{name}(list({type})): {type}", (meter, a) => Extreme(meter, a[0].List.Items, sign), static sizes => sizes[0], worst: static e => 2 * e[0].Size);
            foreach (var other in Numeric)
                library.Global($"{name}({type}, {other}): {(type == other ? type : "dyn")}", (meter, a) => Extreme(meter, a, sign), worst: static _ => 2);
        }
    }

    private static CelValue Extreme(Meter meter, ReadOnlySpan<CelValue> values, int sign)
    {
        if (values.IsEmpty) return CelValue.Error("the list is empty: it has no greatest or least number");
        var best = values[0];
        if (!best.IsNumber) return best.IsValue ? CelError.NoOverload : best;
        foreach (ref readonly var value in values[1..])
        {
            if (!value.IsNumber) return value.IsValue ? CelError.NoOverload : value;
            if (!meter.Spend(1)) return CelError.Budget;
            if (Comparison.TryCompare(meter, value, best, out var order) && order == sign) best = value;
        }

        return best;
    }
}
