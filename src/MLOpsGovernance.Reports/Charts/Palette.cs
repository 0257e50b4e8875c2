namespace MLOpsGovernance.Reports.Charts;

/// <summary>
/// Colours that people with any colour vision tell apart, in an order that also differs in lightness, so that a grey print still reads (after Okabe and Ito).
/// No chart says anything by colour alone: a word, a sign or a dash pattern says it too.
/// </summary>
public static class Palette
{
    public const string Ink = "#1F2933";
    public const string Quiet = "#5B6770";
    public const string Grid = "#D5DADF";
    public const string Pale = "#F2F4F7";
    public const string Blue = "#0B5394";
    public const string Sky = "#56B4E9";
    public const string Orange = "#E69F00";
    public const string Vermilion = "#B8410B";
    public const string Green = "#00755A";
    public const string Violet = "#7A4E8A";

    public static IReadOnlyList<string> Series { get; } = [Blue, Orange, Green, Sky, Vermilion, Violet];

    /// <summary>Dash patterns beside the colours; the first is a whole line.</summary>
    internal static IReadOnlyList<string?> Dashes { get; } = [null, "5 2.5", "1.5 2", "7 2 1.5 2", "3 3", "9 3"];

    /// <summary>From pale to dark, for a share between 0 and 1; lightness falls evenly.</summary>
    internal static string Heat(double share)
    {
        var t = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        (int R, int G, int B) pale = (245, 247, 250), dark = (8, 48, 107);
        return $"#{Mix(pale.R, dark.R):X2}{Mix(pale.G, dark.G):X2}{Mix(pale.B, dark.B):X2}";

        int Mix(int a, int b) => (int)Math.Round(a + ((b - a) * t));
    }

    /// <summary>What can be read on a heat colour.</summary>
    internal static string On(double share) => share > 0.45 ? "#FFFFFF" : Ink;
}

/// <summary>How wide text will be, near enough to place it: charts do not know which font will be there.</summary>
internal static class Letters
{
    public static float Width(string text, float size) => size * text.Sum(static c => c switch
    {
        >= '\u2E80' and <= '\uFFEF' => 1.02f,
        'i' or 'l' or 'j' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.31f,
        't' or 'f' or 'r' or '-' or ' ' or '(' or ')' or '/' => 0.40f,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.92f,
        >= 'A' and <= 'Z' => 0.71f,
        _ => 0.61f,
    });

    public static string Within(string text, float size, float room)
    {
        if (Width(text, size) <= room) return text;
        var end = text.Length;
        while (end > 1 && Width(text[..end], size) + size > room) end--;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].TrimEnd() + "…";
    }
}
