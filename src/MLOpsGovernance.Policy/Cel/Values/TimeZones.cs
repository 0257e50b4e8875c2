using System.Collections.Concurrent;
using System.Globalization;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Zones by IANA name, legacy name or fixed offset.</summary>
internal static class TimeZones
{
    // Some systems ship these names in a package of their own, so they are not left to chance.
    private static readonly Dictionary<string, string> Legacy = new(StringComparer.Ordinal)
    {
        ["US/Alaska"] = "America/Anchorage",
        ["US/Aleutian"] = "America/Adak",
        ["US/Arizona"] = "America/Phoenix",
        ["US/Central"] = "America/Chicago",
        ["US/East-Indiana"] = "America/Indiana/Indianapolis",
        ["US/Eastern"] = "America/New_York",
        ["US/Hawaii"] = "Pacific/Honolulu",
        ["US/Indiana-Starke"] = "America/Indiana/Knox",
        ["US/Michigan"] = "America/Detroit",
        ["US/Mountain"] = "America/Denver",
        ["US/Pacific"] = "America/Los_Angeles",
        ["US/Samoa"] = "Pacific/Pago_Pago",
        ["GMT"] = "Etc/GMT",
        ["Greenwich"] = "Etc/GMT",
        ["Zulu"] = "Etc/UTC",
        ["Japan"] = "Asia/Tokyo",
        ["Singapore"] = "Asia/Singapore",
        ["Hongkong"] = "Asia/Hong_Kong",
        ["GB"] = "Europe/London",
        ["Poland"] = "Europe/Warsaw",
        ["Turkey"] = "Europe/Istanbul",
        ["Israel"] = "Asia/Jerusalem",
        ["Egypt"] = "Africa/Cairo",
        ["Eire"] = "Europe/Dublin",
        ["NZ"] = "Pacific/Auckland",
        ["PRC"] = "Asia/Shanghai",
        ["ROK"] = "Asia/Seoul",
    };

    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Found = new(StringComparer.Ordinal);

    /// <summary>Seconds east of UTC at that instant, or null for a zone that does not exist.</summary>
    public static int? Offset(string zone, CelTimestamp at)
    {
        if (zone is "" or "UTC") return 0;
        if (zone.Contains(':', StringComparison.Ordinal)) return FixedOffset(zone);
        if (Find(zone) is not { } found) return null;

        var instant = DateTime.UnixEpoch.AddSeconds(at.Seconds);
        return (int)found.GetUtcOffset(instant).TotalSeconds;
    }

    /// <summary><c>±hh:mm</c>; a missing sign means east.</summary>
    private static int? FixedOffset(string text)
    {
        var digits = text.AsSpan();
        var west = digits is ['-', ..];
        if (digits is ['-' or '+', ..]) digits = digits[1..];
        var colon = digits.IndexOf(':');
        if (colon is < 1 or > 2 || digits.Length != colon + 3) return null;
        if (!int.TryParse(digits[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 23) return null;
        if (!int.TryParse(digits[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return null;
        return (hours * 3600 + minutes * 60) * (west ? -1 : 1);
    }

    private static TimeZoneInfo? Find(string name)
    {
        if (Found.TryGetValue(name, out var known)) return known;
        if (name.Length > 64) return null;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            && !(Legacy.TryGetValue(name, out var modern) && TimeZoneInfo.TryFindSystemTimeZoneById(modern, out zone))) return null;

        Found.TryAdd(name, zone);
        return zone;
    }
}
