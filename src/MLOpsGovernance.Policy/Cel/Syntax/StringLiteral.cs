using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Syntax;

/// <summary>String and bytes literals: four kinds of quotes, raw or with escapes.</summary>
internal static class StringLiteral
{
    /// <param name="at">At the opening quote; afterwards behind the closing one.</param>
    public static CelValue Read(string source, ref int at, bool raw, bool bytes)
    {
        var start = at;
        var quote = source[at];
        var triple = at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote;
        at += triple ? 3 : 1;

        var text = new StringBuilder();
        var octets = bytes ? new List<byte>() : null;
        while (true)
        {
            if (at >= source.Length) throw new CelSyntaxException("This string is not closed.", start);
            var c = source[at];
            if (c == quote && (!triple || (at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote)))
            {
                at += triple ? 3 : 1;
                break;
            }

            if (!triple && c is '\n' or '\r') throw new CelSyntaxException("A string ends before the line does; use triple quotes for several lines.", start);
            // In a raw string a backslash is a character like any other: it keeps no quote from closing the string.
            if (c != '\\' || raw) Plain(source, ref at, text, octets);
            else Escape(source, ref at, text, octets);
        }

        return octets is null ? CelValue.Of(text.ToString()) : CelValue.Of(octets.ToArray());
    }

    private static void Plain(string source, ref int at, StringBuilder text, List<byte>? octets)
    {
        Rune.DecodeFromUtf16(source.AsSpan(at), out var rune, out var length);
        at += length;
        // Line ends count as one line feed, as in every text file.
        if (rune.Value == '\r')
        {
            if (at < source.Length && source[at] == '\n') at++;
            rune = new Rune('\n');
        }

        Add(rune, text, octets);
    }

    private static void Add(Rune rune, StringBuilder text, List<byte>? octets)
    {
        Span<char> chars = stackalloc char[2];
        Span<byte> utf8 = stackalloc byte[4];
        if (octets is null) text.Append(chars[..rune.EncodeToUtf16(chars)]);
        else octets.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    private static void Escape(string source, ref int at, StringBuilder text, List<byte>? octets)
    {
        var start = at;
        if (at + 1 >= source.Length) throw new CelSyntaxException("This string is not closed.", start);
        var c = source[at + 1];
        at += 2;
        var simple = c switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '?' or '"' or '\'' or '`' => c,
            _ => '\0',
        };
        if (simple != '\0') Add(new Rune(simple), text, octets);
        else if (c is 'x' or 'X') Octet(Digits(source, ref at, start, 2, 16), text, octets);
        else if (c is >= '0' and <= '3')
        {
            at--;
            Octet(Digits(source, ref at, start, 3, 8), text, octets);
        }
        else if (c is 'u' or 'U') CodePoint(Digits(source, ref at, start, c == 'u' ? 4 : 8, 16), start, text, octets);
        else throw new CelSyntaxException($"'\\{c}' is no escape; write '\\\\' for a backslash.", start);
    }

    private static void Octet(uint value, StringBuilder text, List<byte>? octets)
    {
        if (octets is null) Add(new Rune((char)value), text, null);
        else octets.Add((byte)value);
    }

    private static void CodePoint(uint value, int start, StringBuilder text, List<byte>? octets)
    {
        if (octets is not null) throw new CelSyntaxException("Bytes hold octets; '\\u' and '\\U' belong into strings.", start);
        if (!Rune.IsValid(value)) throw new CelSyntaxException("This escape is no Unicode code point: it is half of a surrogate pair or above 10FFFF.", start);
        Add(new Rune(value), text, null);
    }

    private static uint Digits(string source, ref int at, int start, int count, int radix)
    {
        if (at + count > source.Length) throw new CelSyntaxException("This escape is too short.", start);
        uint value = 0;
        for (var i = 0; i < count; i++)
        {
            var c = source[at++];
            if (!char.IsAsciiHexDigit(c) || (radix == 8 && c is < '0' or > '7'))
                throw new CelSyntaxException(string.Create(CultureInfo.InvariantCulture, $"This escape needs {count} {(radix == 8 ? "octal" : "hexadecimal")} digits."), start);
            value = value * (uint)radix + (uint)Convert.ToInt32(c.ToString(), 16);
        }

        return value;
    }
}
