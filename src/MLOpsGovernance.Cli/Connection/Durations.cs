using System.CommandLine.Parsing;
using System.Globalization;

namespace MLOpsGovernance.Cli.Connection;

/// <summary>Lengths of time on the command line: a number and its unit.</summary>
internal static class Durations
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var unit = text.TrimStart("0123456789.".ToCharArray());
        if (!decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        decimal? seconds = unit switch
        {
            "ms" => 0.001m,
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        if (seconds is null || number > (decimal)Longest.TotalMilliseconds || number * seconds > (decimal)Longest.TotalSeconds) return false;

        duration = TimeSpan.FromSeconds((double)(number * seconds.Value));
        return true;
    }

    /// <summary>A parser for an option of this type.</summary>
    public static TimeSpan Parse(ArgumentResult argument)
    {
        var text = argument.Tokens is [var token] ? token.Value : "";
        if (TryParse(text, out var duration)) return duration;

        argument.AddError($"'{text}' is no length of time. Write a number and its unit: 500ms, 10s, 30m or 2h; at most 7 days.");
        return default;
    }
}
