using System.Buffers;
using System.Globalization;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>A span of time in nanoseconds, about ±292 years.</summary>
internal readonly record struct CelDuration(long Nanos)
{
    public const long Second = 1_000_000_000;

    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");

    private static readonly (string Name, long Nanos)[] Units =
        [("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", Second), ("m", 60 * Second), ("h", 3600 * Second)];

    public static CelValue Add(CelDuration a, CelDuration b) => From((Int128)a.Nanos + b.Nanos);

    public static CelValue Subtract(CelDuration a, CelDuration b) => From((Int128)a.Nanos - b.Nanos);

    public static CelValue From(Int128 nanos) =>
        nanos >= long.MinValue && nanos <= long.MaxValue ? CelValue.Of(new CelDuration((long)nanos)) : CelError.DurationRange;

    /// <summary>Reads <c>1h30m</c>, <c>-1.5s</c>, <c>0</c>: signed, compound, fractional; units h m s ms us ns.</summary>
    public static CelValue Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        if (rest is "0") return CelValue.Of(default(CelDuration));
        if (rest.IsEmpty) return Malformed(text);

        var total = Int128.Zero;
        while (!rest.IsEmpty)
        {
            var number = rest.IndexOfAnyExcept(NumberParts);
            if (number <= 0) return Malformed(text);
            var unitLength = rest[number..].IndexOfAny(NumberParts) is var next and >= 0 ? next : rest.Length - number;
            if (!TryUnit(rest.Slice(number, unitLength), out var unit)) return Malformed(text);
            if (!TryScale(rest[..number], unit, out var nanos)) return Malformed(text);
            total += nanos;
            if (total > (Int128)long.MaxValue + 1) return CelError.DurationRange;
            rest = rest[(number + unitLength)..];
        }

        return From(negative ? -total : total);
    }

    private static bool TryUnit(ReadOnlySpan<char> name, out long nanos)
    {
        foreach (var unit in Units)
        {
            if (!name.SequenceEqual(unit.Name)) continue;
            nanos = unit.Nanos;
            return true;
        }

        nanos = 0;
        return false;
    }

    private static bool TryScale(ReadOnlySpan<char> number, long unit, out Int128 nanos)
    {
        nanos = 0;
        var dot = number.IndexOf('.');
        var whole = dot < 0 ? number : number[..dot];
        var fraction = dot < 0 ? [] : number[(dot + 1)..];
        if ((whole.IsEmpty && fraction.IsEmpty) || fraction.Contains('.') || whole.Length > 19) return false;

        foreach (var digit in whole) nanos = nanos * 10 + (digit - '0');
        nanos *= unit;
        var scale = (Int128)unit;
        var part = Int128.Zero;
        Int128 divisor = 1;
        foreach (var digit in fraction.Length > 18 ? fraction[..18] : fraction)
        {
            part = part * 10 + (digit - '0');
            divisor *= 10;
        }

        nanos += part * scale / divisor;
        return true;
    }

    private static CelValue Malformed(string text) =>
        CelValue.Error($"'{CodePoints.Cut(text, 40)}' is not a duration: write a number and a unit of h, m, s, ms, us or ns, such as '1h30m'");

    /// <summary>Seconds with as many decimals as needed: <c>60.001s</c>.</summary>
    public override string ToString()
    {
        var magnitude = Int128.Abs(Nanos);
        var (seconds, nanos) = ((long)(magnitude / Second), (int)(magnitude % Second));
        var sign = Nanos < 0 ? "-" : "";
        var fraction = nanos == 0 ? "" : "." + nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}{fraction}s");
    }
}
