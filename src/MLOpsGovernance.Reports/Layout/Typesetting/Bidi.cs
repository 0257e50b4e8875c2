using System.Globalization;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

/// <summary>
/// The order of letters where scripts of both directions meet: the Unicode bidirectional algorithm (UAX 9) without explicit embeddings, which names and sentences of
/// reports do not carry; such controls count as nothing.
/// </summary>
internal static class Bidi
{
    private enum Class : byte { L, R, AL, EN, AN, ES, ET, CS, NSM, Neutral, Space, Nothing }

    /// <summary>Null where all of it runs from left to right.</summary>
    /// <param name="preferred">The direction of a paragraph that has no letters.</param>
    public static byte[]? Levels(string text, bool preferred, out bool rightToLeft)
    {
        rightToLeft = false;
        if (!preferred && !text.AsSpan().ContainsAnyInRange('\u0590', '\uFFFF')) return null;
        var classes = new Class[text.Length];
        Class? first = null;
        var any = false;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var found = Of(pair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i], text, i);
            classes[i] = found;
            if (pair) classes[++i] = found;
            any |= found is Class.R or Class.AL or Class.AN;
            if (found is Class.L or Class.R or Class.AL) first ??= found;
        }

        rightToLeft = first is null ? preferred : first != Class.L;
        if (!any && !rightToLeft) return null;
        var around = rightToLeft ? (byte)1 : (byte)0;
        var original = (Class[])classes.Clone();
        Weak(classes, rightToLeft ? Class.R : Class.L);
        Neutral(classes, rightToLeft ? Class.R : Class.L);
        var levels = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            levels[i] = (classes[i], rightToLeft) switch
            {
                (Class.R, false) => 1,
                (Class.AN or Class.EN, false) => 2,
                (Class.L or Class.AN or Class.EN, true) => 2,
                _ => around,
            };
        }

        for (var i = text.Length - 1; i >= 0 && original[i] is Class.Space or Class.Nothing; i--) levels[i] = around;
        return levels;
    }

    /// <summary>Pieces of a line from left to right, given their levels in reading order.</summary>
    public static List<T> Visual<T>(IReadOnlyList<T> pieces, Func<T, byte> level)
    {
        List<T> order = [.. pieces];
        if (order.Count == 0) return order;
        byte highest = 0, lowestOdd = byte.MaxValue;
        foreach (var piece in order)
        {
            var at = level(piece);
            highest = Math.Max(highest, at);
            if (at % 2 == 1) lowestOdd = Math.Min(lowestOdd, at);
        }

        for (int turn = highest; turn >= lowestOdd; turn--)
        {
            for (var i = 0; i < order.Count; i++)
            {
                if (level(order[i]) < turn) continue;
                var end = i;
                while (end < order.Count && level(order[end]) >= turn) end++;
                order.Reverse(i, end - i);
                i = end;
            }
        }

        return order;
    }

    private static void Weak(Class[] c, Class start)
    {
        var (strong, before) = (start, start);
        for (var i = 0; i < c.Length; i++)
        {
            if (c[i] == Class.NSM) c[i] = before;
            if (c[i] == Class.EN && strong == Class.AL) c[i] = Class.AN;
            if (c[i] is Class.L or Class.R or Class.AL) strong = c[i];
            if (c[i] != Class.Nothing) before = c[i];
        }

        for (var i = 0; i < c.Length; i++)
            if (c[i] == Class.AL) c[i] = Class.R;
        for (var i = 1; i < c.Length - 1; i++)
        {
            if (c[i] is Class.ES or Class.CS && c[i - 1] == Class.EN && c[i + 1] == Class.EN) c[i] = Class.EN;
            else if (c[i] == Class.CS && c[i - 1] == Class.AN && c[i + 1] == Class.AN) c[i] = Class.AN;
        }

        for (var i = 0; i < c.Length; i++)
        {
            if (c[i] != Class.ET) continue;
            var end = i;
            while (end < c.Length && c[end] == Class.ET) end++;
            var number = (i > 0 && c[i - 1] == Class.EN) || (end < c.Length && c[end] == Class.EN);
            Array.Fill(c, number ? Class.EN : Class.Neutral, i, end - i);
            i = end - 1;
        }

        strong = start;
        for (var i = 0; i < c.Length; i++)
        {
            if (c[i] is Class.ES or Class.CS) c[i] = Class.Neutral;
            if (c[i] is Class.L or Class.R) strong = c[i];
            if (c[i] == Class.EN && strong == Class.L) c[i] = Class.L;
        }
    }

    private static void Neutral(Class[] c, Class start)
    {
        for (var i = 0; i < c.Length; i++)
        {
            if (c[i] is not (Class.Neutral or Class.Space or Class.Nothing)) continue;
            var end = i;
            while (end < c.Length && c[end] is Class.Neutral or Class.Space or Class.Nothing) end++;
            var (left, right) = (i == 0 ? start : Side(c[i - 1]), end == c.Length ? start : Side(c[end]));
            Array.Fill(c, left == right ? left : start, i, end - i);
            i = end - 1;
        }
    }

    private static Class Side(Class c) => c == Class.L ? Class.L : Class.R;

    private static Class Of(int c, string text, int at) => c switch
    {
        >= '0' and <= '9' or >= 0x06F0 and <= 0x06F9 => Class.EN,
        (>= 0x0660 and <= 0x0669) or 0x066B or 0x066C or (>= 0x0600 and <= 0x0605) or 0x06DD => Class.AN,
        '+' or '-' or 0x2212 => Class.ES,
        ',' or '.' or '/' or ':' or 0x00A0 or 0x060C or 0x202F => Class.CS,
        '#' or '%' or 0x00B0 or 0x2030 or 0x066A => Class.ET,
        _ => CharUnicodeInfo.GetUnicodeCategory(text, at) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => Class.NSM,
            UnicodeCategory.CurrencySymbol => Class.ET,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Class.Space,
            UnicodeCategory.Control => c == '\t' ? Class.Space : Class.Nothing,
            UnicodeCategory.Format => c switch { 0x200E => Class.L, 0x200F => Class.R, 0x061C => Class.AL, _ => Class.Nothing },
            UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol => Class.Neutral,
            UnicodeCategory.OtherPunctuation or UnicodeCategory.OtherSymbol when !IsRightToLeft(c) => Class.Neutral,
            _ => c is (>= 0x0600 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) ? Class.AL : IsRightToLeft(c) ? Class.R : Class.L,
        },
    };

    private static bool IsRightToLeft(int c) => c is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
