using System.Globalization;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

/// <summary>Where a line may end.</summary>
internal static class Breaks
{
    private const string Closing = "、。」』）】〉》”’！？：；，．,.!?:;)]}%";
    private const string Opening = "「『（【〈《“‘([{";

    /// <summary>Between this character and the next one.</summary>
    public static bool After(string text, int at)
    {
        var (c, next) = (text[at], at + 1 < text.Length ? text[at + 1] : '\0');
        if (IsSpace(c)) return !IsSpace(next);
        if (next == '\0' || char.IsLowSurrogate(next)) return false;
        return c switch
        {
            '\u200B' => true,
            '-' => at > 0 && char.IsLetterOrDigit(text[at - 1]) && char.IsLetter(next),
            '/' => at > 0 && char.IsLetter(text[at - 1]) && char.IsLetter(next),
            '–' or '—' => true,
            _ => (IsIdeographic(text, at) || IsIdeographic(text, at + 1)) && !Closing.Contains(next) && !Opening.Contains(c) && !IsMark(next) && !IsSpace(next),
        };
    }

    /// <summary>A space at which a line may end; one that binds is none.</summary>
    public static bool IsSpace(char c) => c is ' ' or '\t' or '\u3000' or (>= '\u2000' and <= '\u200A' and not '\u2007');

    /// <summary>
    /// How much of a word that is longer than a line goes on the line: whole graphemes; up to a sign inside the word, if one stands in the last part of what fits.
    /// </summary>
    /// <param name="fits">How many characters fit.</param>
    public static int Inside(ReadOnlySpan<char> word, int fits)
    {
        for (var i = Math.Min(fits, word.Length - 1); i > fits / 2; i--)
        {
            if (word[i - 1] is '.' or '_' or '/' or ':' or '-' or '@' or '=' or '&' or '?' or ',' or ';' or '|' or '#') return i;
        }

        var end = 0;
        while (end < fits)
        {
            var length = StringInfo.GetNextTextElementLength(word[end..]);
            if (end > 0 && end + length > fits) break;
            end += length;
        }

        return Math.Min(end, word.Length);
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static bool IsIdeographic(string text, int at) => text[at] is (>= '\u2E80' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFF9D')
        || (char.IsLowSurrogate(text[at]) && at > 0 && text[at - 1] is >= '\uD840' and <= '\uD88F');
}
