using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Cli;

/// <summary>Text from elsewhere, as one line that no terminal takes for a command.</summary>
internal static class Visible
{
    private const int ReversesText = 0x202E;

    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t')
                shown.Append(' ');
            else if (Rune.IsControl(rune) || rune.Value is ReversesText or (>= 0x2066 and <= 0x2069))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                shown.Append(rune);
        }

        return shown.ToString();
    }
}
