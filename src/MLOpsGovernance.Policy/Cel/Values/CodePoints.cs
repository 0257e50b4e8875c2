using System.Text;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Strings as sequences of Unicode code points, which is what the language counts and orders.</summary>
internal static class CodePoints
{
    public static int Count(string text) => Count(text.AsSpan());

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c)) count--;
        }

        return count;
    }

    /// <summary>No surrogates: positions in code points are positions in the string.</summary>
    public static bool IsSimple(string text) => !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');

    /// <summary>Where the code point of that number begins in UTF-16 units; the length for the position behind the last; -1 beyond it.</summary>
    public static int Offset(string text, long position)
    {
        if (position < 0) return -1;
        if (IsSimple(text)) return position <= text.Length ? (int)position : -1;
        var at = 0;
        for (; position > 0; position--)
        {
            if (at >= text.Length) return -1;
            at += char.IsHighSurrogate(text[at]) ? 2 : 1;
        }

        return at;
    }

    /// <summary>Order by code points, which is also the order of the UTF-8 bytes. Ordinal order puts astral characters too low.</summary>
    public static int Compare(string a, string b)
    {
        var length = a.AsSpan().CommonPrefixLength(b);
        if (length == a.Length || length == b.Length) return a.Length.CompareTo(b.Length);
        var (x, y) = (a[length], b[length]);
        return char.IsSurrogate(x) == char.IsSurrogate(y) ? x.CompareTo(y) : char.IsSurrogate(x) ? 1 : -1;
    }

    /// <summary>The beginning of a text, for messages; never half of a surrogate pair.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    public static string Reverse(string text)
    {
        var reversed = new StringBuilder(text.Length);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (char.IsLowSurrogate(text[i]) && i > 0)
            {
                reversed.Append(text[i - 1]).Append(text[i]);
                i--;
            }
            else reversed.Append(text[i]);
        }

        return reversed.ToString();
    }
}
