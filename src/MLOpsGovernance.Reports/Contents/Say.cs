using System.Globalization;

namespace MLOpsGovernance.Reports.Contents;

/// <summary>How reports write numbers, times and what is missing. Always the same, whatever the machine's language.</summary>
internal static class Say
{
    public const string None = "None in this period.";
    public const string Nothing = "–";
    public const string NotKnown = "not known";

    public static string Number(double? value, string form = "#,0.##") => value switch
    {
        null => Nothing,
        { } v when double.IsNaN(v) => NotKnown,
        { } v when double.IsInfinity(v) => v > 0 ? "unlimited" : "unlimited below",
        { } v => Minus(v.ToString(Math.Abs(v) >= 1e15 ? "0.###e+0" : form, CultureInfo.InvariantCulture)),
    };

    public static string Count(long value) => Minus(value.ToString("#,0", CultureInfo.InvariantCulture));

    public static string Share(double? value) => value is { } v && double.IsFinite(v) ? $"{Number(v * 100, "0.#")} %" : value is null ? Nothing : NotKnown;

    public static string Amount(double? value, string currency) => value is { } v && double.IsFinite(v) ? $"{Number(v, "#,0")} {currency}" : value is null ? Nothing : NotKnown;

    public static string Amount(Money? money) => money is null ? Nothing : Amount(money.Amount, money.Currency);

    public static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Exact(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => $"{Number(span.TotalSeconds, "0")} s",
        { TotalHours: < 1 } => $"{Number(span.TotalMinutes, "0")} min",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h {span.Minutes} min",
        _ => $"{Number(span.TotalDays, "#,0.#")} days",
    };

    public static string List(IReadOnlyCollection<string>? items) => items is { Count: > 0 } ? string.Join(", ", items) : Nothing;

    public static string Many(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    public static string Period(ReportPeriod period) => $"{Day(period.From)} to {Day(period.To)}";

    /// <summary>Enough of a digest to tell it from others; the whole one is in the JSON.</summary>
    public static string Digest(string? digest)
    {
        if (digest is null) return Nothing;
        var at = digest.IndexOf(':', StringComparison.Ordinal) + 1;
        return digest.Length - at > 20 ? $"{digest[..(at + 16)]}…" : digest;
    }

    public static string Text(string? text) => string.IsNullOrWhiteSpace(text) ? Nothing : text;

    public static string Cell(object? value) => value switch
    {
        null => Nothing,
        double number => Number(number),
        float number => Number(number),
        int number => Count(number),
        long number => Count(number),
        DateTimeOffset at => Time(at),
        _ => value.ToString() ?? Nothing,
    };

    private static string Minus(string number) => number.Replace('-', '−');
}
