using System.Globalization;
using System.Text;

namespace MLOpsGovernance.Evidence.Artifacts;

/// <summary>Names a manifest can carry, and a way to show the ones it cannot.</summary>
internal static class ArtifactName
{
    /// <exception cref="ArtifactRefusedException"><see cref="ArtifactRefusals.Name"/></exception>
    internal static void Check(string name, string fullPath)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
                throw Refused(fullPath, "has a control character in its name");
            if (rune.Value is '\\')
                throw Refused(fullPath, "has a backslash in its name, which on Windows separates folders");

            // Bytes that are no UTF-8 all reach us as U+FFFD, so several names on disk would become one in the manifest.
            if (rune == Rune.ReplacementChar)
                throw Refused(fullPath, "has a name that is not valid UTF-8, or that holds U+FFFD, its stand-in");
        }
    }

    /// <summary>The path as one line that no terminal takes for a command.</summary>
    internal static string Shown(string path)
    {
        var shown = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                shown.Append(rune);
        }

        return shown.ToString();
    }

    private static ArtifactRefusedException Refused(string fullPath, string why) => new(
        ArtifactRefusals.Name,
        $"'{Shown(fullPath)}' {why}. Names in an artifact are UTF-8 without control characters and backslashes; rename it.");
}
