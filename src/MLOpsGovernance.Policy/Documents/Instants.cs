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

    private static DateTimeOffset From(CelTimestamp at) =>
        new(DateTime.UnixEpoch.Ticks + at.Seconds * TimeSpan.TicksPerSecond + at.Nanos / 100, TimeSpan.Zero);
}
