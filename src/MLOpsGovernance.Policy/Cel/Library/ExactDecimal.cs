using System.Globalization;
using System.Numerics;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>A double in decimals, rounded from its exact value, ties to even. The framework rounds some ties the other way.</summary>
internal static class ExactDecimal
{
    public static string Fixed(double value, int decimals)
    {
        var digits = Rounded(value, decimals).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var sign = double.IsNegative(value) ? "-" : "";
        return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    public static string Scientific(double value, int decimals)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));
        // The logarithm may be off by one, and rounding may add a digit; the number of digits tells.
        var digits = Rounded(value, decimals - exponent).ToString(CultureInfo.InvariantCulture);
        while (value != 0 && digits.Length != decimals + 1)
        {
            exponent += digits.Length - (decimals + 1);
            digits = Rounded(value, decimals - exponent).ToString(CultureInfo.InvariantCulture);
        }

        digits = digits.PadRight(decimals + 1, '0');
        var fraction = decimals == 0 ? "" : "." + digits[1..];
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    /// <summary>|value| × 10^decimals as the nearest integer.</summary>
    private static BigInteger Rounded(double value, int decimals)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)(bits >> 52 & 0x7ff);
        BigInteger numerator = (bits & 0xfffffffffffffL) | (biased == 0 ? 0 : 1L << 52);
        var power = Math.Max(biased, 1) - 1075;
        var denominator = BigInteger.One;
        if (decimals >= 0) numerator *= BigInteger.Pow(10, decimals);
        else denominator = BigInteger.Pow(10, -decimals);
        if (power >= 0) numerator <<= power;
        else denominator <<= -power;

        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = (rest << 1).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
