using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Evidence;

/// <summary>The parts of line-based formats, each with exactly one spelling.</summary>
internal static class StrictText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Standard base64 with padding, no white space, and unused bits zero: other spellings of the same bytes are refused.</summary>
    public static byte[]? Base64(string text)
    {
        if (text.Length % 4 != 0) return null;
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, bytes, out var written) && Convert.ToBase64String(bytes, 0, written) == text ? bytes[..written] : null;
    }

    /// <summary>An unsigned decimal of 64 bits, with no sign and no leading zero.</summary>
    public static ulong? Decimal(ReadOnlySpan<char> text) => text is ['0', _, ..] ? null : LooseDecimal(text);

    /// <summary>An unsigned decimal of 64 bits that may have leading zeroes.</summary>
    public static ulong? LooseDecimal(ReadOnlySpan<char> text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string? Utf8Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static string Decimal(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
