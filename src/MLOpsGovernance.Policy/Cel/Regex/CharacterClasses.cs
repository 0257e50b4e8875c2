using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Policy.Cel.Regex;

/// <summary>Named sets: Perl and POSIX classes (ASCII only, as RE2 has them), Unicode categories and the common scripts.</summary>
internal static class CharacterClasses
{
    public static readonly CodePointSet Digit = CodePointSet.Of([('0', '9')]);
    public static readonly CodePointSet Space = CodePointSet.Of([('\t', '\n'), ('\f', '\r'), (' ', ' ')]);
    public static readonly CodePointSet Word = CodePointSet.Of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
    public static readonly CodePointSet Any = CodePointSet.Of([(0, CodePointSet.Last)]);
    public static readonly CodePointSet AnyButNewline = CodePointSet.Of('\n').Complement();

    private static readonly ConcurrentDictionary<string, CodePointSet?> Known = new(StringComparer.Ordinal);

    public static CodePointSet? Posix(string name) => name switch
    {
        "alnum" => CodePointSet.Of([('0', '9'), ('A', 'Z'), ('a', 'z')]),
        "alpha" => CodePointSet.Of([('A', 'Z'), ('a', 'z')]),
        "ascii" => CodePointSet.Of([(0, 0x7F)]),
        "blank" => CodePointSet.Of([('\t', '\t'), (' ', ' ')]),
        "cntrl" => CodePointSet.Of([(0, 0x1F), (0x7F, 0x7F)]),
        "digit" => Digit,
        "graph" => CodePointSet.Of([('!', '~')]),
        "lower" => CodePointSet.Of([('a', 'z')]),
        "print" => CodePointSet.Of([(' ', '~')]),
        "punct" => CodePointSet.Of([('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
        "space" => CodePointSet.Of([('\t', '\r'), (' ', ' ')]),
        "upper" => CodePointSet.Of([('A', 'Z')]),
        "word" => Word,
        "xdigit" => CodePointSet.Of([('0', '9'), ('A', 'F'), ('a', 'f')]),
        _ => null,
    };

    /// <summary>A general category such as <c>L</c> or <c>Lu</c>, a script such as <c>Greek</c>, or <c>Any</c>; null when unknown.</summary>
    public static CodePointSet? Unicode(string name) => name == "Any" ? Any
        : Scripts.TryGetValue(name, out var ranges) ? CodePointSet.Of(ranges)
        : name.Length > 2 ? null
        : Known.GetOrAdd(name, static n => Category(n));

    private static CodePointSet? Category(string name)
    {
        var members = new List<(int, int)>();
        var start = -1;
        for (var c = 0; c <= CodePointSet.Last + 1; c++)
        {
            var inside = c <= CodePointSet.Last && Rune.IsValid(c) && Short(Rune.GetUnicodeCategory(new Rune(c))).StartsWith(name, StringComparison.Ordinal);
            if (inside && start < 0) start = c;
            if (inside || start < 0) continue;
            members.Add((start, c - 1));
            start = -1;
        }

        return members.Count == 0 ? null : CodePointSet.Of(members);
    }

    private static string Short(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "",
    };

    // Main ranges of the scripts that a policy is likely to name; other script names are refused, not guessed.
    private static readonly Dictionary<string, (int, int)[]> Scripts = new(StringComparer.Ordinal)
    {
        ["Latin"] = [('A', 'Z'), ('a', 'z'), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2B8), (0x2E0, 0x2E4), (0x1D00, 0x1D25),
            (0x1D2C, 0x1D5C), (0x1D62, 0x1D65), (0x1D6B, 0x1D77), (0x1D79, 0x1DBE), (0x1E00, 0x1EFF), (0x2071, 0x2071), (0x207F, 0x207F),
            (0x2090, 0x209C), (0x212A, 0x212B), (0x2132, 0x2132), (0x214E, 0x214E), (0x2160, 0x2188), (0x2C60, 0x2C7F), (0xA722, 0xA787),
            (0xA78B, 0xA7CA), (0xA7F2, 0xA7FF), (0xAB30, 0xAB5A), (0xAB5C, 0xAB64), (0xFB00, 0xFB06), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)],
        ["Greek"] = [(0x370, 0x373), (0x375, 0x377), (0x37A, 0x37D), (0x37F, 0x37F), (0x384, 0x384), (0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C),
            (0x38E, 0x3A1), (0x3A3, 0x3E1), (0x3F0, 0x3FF), (0x1D26, 0x1D2A), (0x1F00, 0x1FFE), (0x2126, 0x2126), (0x10140, 0x1018E)],
        ["Cyrillic"] = [(0x400, 0x484), (0x487, 0x52F), (0x1C80, 0x1C88), (0x1D2B, 0x1D2B), (0x1D78, 0x1D78), (0x2DE0, 0x2DFF), (0xA640, 0xA69F)],
        ["Armenian"] = [(0x531, 0x556), (0x559, 0x58A), (0x58D, 0x58F), (0xFB13, 0xFB17)],
        ["Hebrew"] = [(0x591, 0x5C7), (0x5D0, 0x5EA), (0x5EF, 0x5F4), (0xFB1D, 0xFB4F)],
        ["Arabic"] = [(0x600, 0x604), (0x606, 0x60B), (0x60D, 0x61A), (0x61C, 0x61E), (0x620, 0x63F), (0x641, 0x64A), (0x656, 0x66F), (0x671, 0x6DC),
            (0x6DE, 0x6FF), (0x750, 0x77F), (0x870, 0x8E1), (0x8E3, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)],
        ["Devanagari"] = [(0x900, 0x950), (0x955, 0x963), (0x966, 0x97F), (0xA8E0, 0xA8FF)],
        ["Thai"] = [(0xE01, 0xE3A), (0xE40, 0xE5B)],
        ["Georgian"] = [(0x10A0, 0x10FA), (0x10FC, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2D)],
        ["Hangul"] = [(0x1100, 0x11FF), (0x302E, 0x302F), (0x3131, 0x318E), (0x3200, 0x321E), (0x3260, 0x327E), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xD7B0, 0xD7FB)],
        ["Hiragana"] = [(0x3041, 0x3096), (0x309D, 0x309F), (0x1B001, 0x1B11F), (0x1F200, 0x1F200)],
        ["Katakana"] = [(0x30A1, 0x30FA), (0x30FD, 0x30FF), (0x31F0, 0x31FF), (0x32D0, 0x32FE), (0x3300, 0x3357), (0xFF66, 0xFF6F), (0xFF71, 0xFF9D)],
        ["Han"] = [(0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B),
            (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D), (0xFA70, 0xFAD9), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x2F800, 0x2FA1D), (0x30000, 0x323AF)],
    };
}
