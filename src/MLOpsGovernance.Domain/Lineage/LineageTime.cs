using System.Globalization;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>Times as clients of OpenLineage write them: RFC 3339, with up to nanoseconds, sometimes without a zone.</summary>
public static partial class LineageTime
{
    private const int Ticks = 7;

    /// <param name="zoned">Whether it names a zone; where it does not, it is taken as UTC.</param>
    public static bool TryRead(string text, out DateTimeOffset time, out bool zoned)
    {
        (time, zoned) = (default, false);
        if (text.Length > 64 || Written().Match(text) is not { Success: true } match) return false;
        var (fraction, zone) = (match.Groups["fraction"].Value, match.Groups["zone"].Value);
        zoned = zone.Length > 0;
        if (!DateTime.TryParseExact($"{match.Groups["date"].Value} {match.Groups["time"].Value}", "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        if (!TryOffset(zone, out var offset)) return false;
        var ticks = fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(Ticks, '0')[..Ticks], CultureInfo.InvariantCulture);
        var utc = local.Ticks + ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return false;
        time = new(utc, TimeSpan.Zero);
        return true;
    }

    private static bool TryOffset(string zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone is "" or "Z" or "z") return true;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) = (int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture));
        offset = new TimeSpan(hours, minutes, 0) * (zone[0] == '-' ? -1 : 1);
        return hours <= 18 && minutes < 60;
    }

    [GeneratedRegex(@"\A(?<date>\d{4}-\d\d-\d\d)[Tt](?<time>\d\d:\d\d:\d\d)(\.(?<fraction>\d{1,12}))?(?<zone>[Zz]|[+-]\d\d:?\d\d)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();
}
