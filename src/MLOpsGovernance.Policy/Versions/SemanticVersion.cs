using System.Numerics;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Policy.Versions;

/// <summary>A version by Semantic Versioning 2.0.0. Build metadata is read and does not count.</summary>
internal sealed partial class SemanticVersion
{
    private readonly BigInteger[] _core;
    private readonly string[] _preRelease;

    private readonly string _text;

    private SemanticVersion(BigInteger[] core, string[] preRelease, string text) => (_core, _preRelease, _text) = (core, preRelease, text);

    /// <summary>Major, minor or patch number, by position; at most the largest 64-bit integer.</summary>
    public long Part(int position) => _core[position] > long.MaxValue ? long.MaxValue : (long)_core[position];

    public override string ToString() => _text;

    [GeneratedRegex(@"^(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)(?:-(?<pre>(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar { get; }

    public static bool TryParse(string text, out SemanticVersion? version)
    {
        version = null;
        if (text.Length > 128 || Grammar.Match(text) is not { Success: true } match) return false;
        BigInteger[] core = [Number(match.Groups["major"].Value), Number(match.Groups["minor"].Value), Number(match.Groups["patch"].Value)];
        version = new(core, match.Groups["pre"].Success ? match.Groups["pre"].Value.Split('.') : [], text);
        return true;
    }

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Negative when this one comes before the other.</summary>
    public int Precedence(SemanticVersion other)
    {
        for (var i = 0; i < 3; i++)
        {
            if (_core[i].CompareTo(other._core[i]) is var order and not 0) return order;
        }

        // A pre-release comes before its release.
        if (_preRelease.Length == 0 || other._preRelease.Length == 0) return other._preRelease.Length.CompareTo(_preRelease.Length);
        for (var i = 0; i < Math.Min(_preRelease.Length, other._preRelease.Length); i++)
        {
            if (CompareParts(_preRelease[i], other._preRelease[i]) is var order and not 0) return order;
        }

        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    private static int CompareParts(string a, string b)
    {
        var (x, y) = (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit));
        return x && y ? Number(a).CompareTo(Number(b)) : x ? -1 : y ? 1 : string.CompareOrdinal(a, b);
    }
}
