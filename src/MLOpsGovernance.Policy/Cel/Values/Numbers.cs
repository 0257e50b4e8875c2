using System.Globalization;
using System.Runtime.CompilerServices;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>The one number line on which int, uint and double meet. C# would convert silently and lose digits.</summary>
internal static class Numbers
{
    /// <summary>The answer where one side is NaN: neither less, equal nor greater.</summary>
    public const int Unordered = int.MinValue;

    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    /// <summary>-1, 0, 1 or <see cref="Unordered"/>. Both values must be numbers.</summary>
    public static int Compare(in CelValue a, in CelValue b) => (a.Kind, b.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => a.Int.CompareTo(b.Int),
        (CelKind.UInt, CelKind.UInt) => a.UInt.CompareTo(b.UInt),
        (CelKind.Double, CelKind.Double) => Compare(a.Double, b.Double),
        (CelKind.Int, CelKind.UInt) => a.Int < 0 ? -1 : ((ulong)a.Int).CompareTo(b.UInt),
        (CelKind.UInt, CelKind.Int) => b.Int < 0 ? 1 : a.UInt.CompareTo((ulong)b.Int),
        (CelKind.Int, CelKind.Double) => Compare(a.Int, b.Double),
        (CelKind.Double, CelKind.Int) => Flip(Compare(b.Int, a.Double)),
        (CelKind.UInt, CelKind.Double) => Compare(a.UInt, b.Double),
        _ => Flip(Compare(b.UInt, a.Double)),
    };

    private static int Compare(double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : Unordered;

    private static int Compare(long a, double b) =>
        double.IsNaN(b) ? Unordered : b < -TwoTo63 ? 1 : b > TwoTo63 ? -1 : Compare((double)a, b);

    private static int Compare(ulong a, double b) =>
        double.IsNaN(b) ? Unordered : b < 0 ? 1 : b > TwoTo64 ? -1 : Compare((double)a, b);

    private static int Flip(int order) => order == Unordered ? order : -order;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CelValue ToInt(double value) =>
        value > -TwoTo63 && value < TwoTo63 ? CelValue.Of((long)value) : CelError.IntOverflow;

    public static CelValue ToUInt(double value) =>
        value >= 0 && value < TwoTo64 ? CelValue.Of((ulong)value) : CelError.UIntOverflow;

    /// <summary>Shortest digits that read back as the same number, laid out as <c>%g</c> does: with an exponent below 1e-4 and from 1e6 on.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";

        var (negative, digits, point) = Shortest(value);
        var sign = negative ? "-" : "";
        if (point is < -3 or > 6)
        {
            var exponent = point - 1;
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        return sign + Plain(digits, point);
    }

    /// <summary>The significant digits, and how many of them stand before the decimal point.</summary>
    private static (bool Negative, string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).AsSpan().TrimStart('-');
        var exponent = 0;
        if (text.IndexOf('E') is var e and >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf('.');
        var point = dot >= 0 ? dot : text.Length;
        var digits = dot >= 0 ? string.Concat(text[..dot], text[(dot + 1)..]) : text.ToString();
        var zeros = digits.Length - digits.AsSpan().TrimStart('0').Length;
        return (value < 0, digits[zeros..].TrimEnd('0'), point + exponent - zeros);
    }

    /// <summary>The same digits without an exponent, as <c>%s</c> and <c>%d</c> of format print them.</summary>
    public static string PlainText(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";

        var (negative, digits, point) = Shortest(value);
        return (negative ? "-" : "") + Plain(digits, point);
    }

    private static string Plain(string digits, int point) =>
        point <= 0 ? "0." + new string('0', -point) + digits
        : digits.Length <= point ? digits.PadRight(point, '0')
        : digits[..point] + "." + digits[point..];
}
