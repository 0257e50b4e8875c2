using System.Globalization;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Documents;

/// <summary>Between the language's times and those of the framework.</summary>
internal static class Instants
{
    public static bool TryParse(string text, out DateTimeOffset value)
    {
        var parsed = CelTimestamp.Parse(text);
        value = parsed.Kind == CelKind.Timestamp ? From(parsed.Timestamp) : default;
        return parsed.Kind == CelKind.Timestamp;
    }

    /// <summary>The day where it is the first moment of one, else the instant.</summary>
    public static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString(at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset From(CelTimestamp at) =>
        new(DateTime.UnixEpoch.Ticks + at.Seconds * TimeSpan.TicksPerSecond + at.Nanos / 100, TimeSpan.Zero);
}
