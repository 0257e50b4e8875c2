using System.Globalization;
using System.Text.RegularExpressions;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Differences;

/// <summary>Expressions, values and effects as a sentence has them.</summary>
internal static partial class Words
{
    /// <summary>An expression on one line.</summary>
    public static string Flat(string expression) => White().Replace(expression.Trim(), " ");

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Value(in CelValue value) => ValueText.Json(value, 200).Trim('"');

    public static string Duration(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.Days} days")
        : span.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} minutes");

    public static string Meaning(ChangeEffect effect) => effect switch
    {
        ChangeEffect.Relaxed => ", so more passes",
        ChangeEffect.Tightened => ", so less passes",
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex White();
}
