using System.Buffers.Text;
using System.Text.Json;

namespace MLOpsGovernance.Evidence;

/// <summary>Numbers as ECMAScript prints them (RFC 8785 §3.2.2.3): shortest digits, exponent from 1e21 and below 1e-6.</summary>
internal static class CanonicalJsonNumber
{
    /// <summary>Writes at most 25 bytes and returns how many.</summary>
    /// <exception cref="JsonException">The value is NaN or infinite.</exception>
    public static int Write(double value, Span<byte> to)
    {
        if (!double.IsFinite(value)) throw new JsonException("A number must be finite and at most 1.7976931348623157e308; NaN and infinities have no JSON form.");
        if (value == 0)
        {
            to[0] = (byte)'0';
            return 1;
        }

        // .NET gives the same shortest digits as ECMAScript, only laid out otherwise.
        Span<byte> scientific = stackalloc byte[32];
        Utf8Formatter.TryFormat(value, scientific, out var length, 'G');
        Span<byte> digits = stackalloc byte[24];
        var (count, point) = Split(scientific[..length], digits);
        var at = 0;
        if (value < 0) to[at++] = (byte)'-';
        return at + Layout(digits[..count], point, to[at..]);
    }

    /// <summary>Significant digits without outer zeros, and the position of the decimal point relative to the first of them.</summary>
    private static (int Count, int Point) Split(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        int count = 0, point = 0, exponent = 0;
        var fraction = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.') fraction = true;
            else if (c == 'E')
            {
                var sign = text[i + 1] == '-' ? -1 : 1;
                foreach (var d in text[(i + 2)..]) exponent = exponent * 10 + (d - '0');
                exponent *= sign;
                break;
            }
            else if (c is >= (byte)'0' and <= (byte)'9')
            {
                if (count == 0 && c == '0')
                {
                    if (fraction) point--;
                    continue;
                }

                digits[count++] = c;
                if (!fraction) point++;
            }
        }

        while (digits[count - 1] == '0') count--;
        return (count, point + exponent);
    }

    private static int Layout(ReadOnlySpan<byte> digits, int point, Span<byte> to)
    {
        var at = 0;
        if (point is > 0 and <= 21)
        {
            for (var i = 0; i < point; i++) to[at++] = i < digits.Length ? digits[i] : (byte)'0';
            if (digits.Length > point)
            {
                to[at++] = (byte)'.';
                digits[point..].CopyTo(to[at..]);
                at += digits.Length - point;
            }

            return at;
        }

        if (point is > -6 and <= 0)
        {
            to[at++] = (byte)'0';
            to[at++] = (byte)'.';
            for (var i = point; i < 0; i++) to[at++] = (byte)'0';
            digits.CopyTo(to[at..]);
            return at + digits.Length;
        }

        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = (byte)'.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }

        to[at++] = (byte)'e';
        to[at++] = point > 0 ? (byte)'+' : (byte)'-';
        Utf8Formatter.TryFormat(Math.Abs(point - 1), to[at..], out var written);
        return at + written;
    }
}
