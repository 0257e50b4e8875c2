namespace MLOpsGovernance.Policy.Versions;

/// <summary>Comparisons that must all hold, separated by spaces: <c>&gt;=1.0.0 &lt;2.0.0</c>; a bare version means equality, <c>*</c> everything.</summary>
internal sealed class VersionRange
{
    private static readonly string[] Signs = [">=", "<=", ">", "<", "="];

    private readonly List<(string Sign, SemanticVersion Version)> _bounds = [];

    public static bool TryParse(string text, out VersionRange? range)
    {
        range = null;
        var read = new VersionRange();
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 10) return false;
        foreach (var part in parts)
        {
            if (part == "*") continue;
            var sign = Array.Find(Signs, s => part.StartsWith(s, StringComparison.Ordinal)) ?? "";
            if (!SemanticVersion.TryParse(part[sign.Length..], out var version)) return false;
            read._bounds.Add((sign, version!));
        }

        range = read;
        return true;
    }

    public bool Contains(SemanticVersion version) => _bounds.TrueForAll(bound => Math.Sign(version.Precedence(bound.Version)) switch
    {
        0 => bound.Sign is ">=" or "<=" or "=" or "",
        > 0 => bound.Sign is ">=" or ">",
        _ => bound.Sign is "<=" or "<",
    });
}
