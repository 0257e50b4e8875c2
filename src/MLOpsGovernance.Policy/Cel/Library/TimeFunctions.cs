using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Parts of a timestamp, in UTC or in a zone, and of a duration.</summary>
internal static class TimeFunctions
{
    public static void AddTo(LibraryBuilder library)
    {
        Part(library, "getFullYear", static (civil, _) => civil.Year);
        Part(library, "getMonth", static (civil, _) => civil.Month - 1);
        Part(library, "getDate", static (civil, _) => civil.Day);
        Part(library, "getDayOfMonth", static (civil, _) => civil.Day - 1);
        Part(library, "getDayOfWeek", static (civil, _) => civil.DayOfWeek);
        Part(library, "getDayOfYear", static (civil, _) => civil.DayOfYear);
        Part(library, "getHours", static (civil, _) => civil.Hour);
        Part(library, "getMinutes", static (civil, _) => civil.Minute);
        Part(library, "getSeconds", static (civil, _) => civil.Second);
        Part(library, "getMilliseconds", static (_, nanos) => nanos / 1_000_000);

        library
            .Member("duration.getHours(): int", static (_, a) => CelValue.Of(a[0].Duration.Nanos / (3600 * CelDuration.Second)))
            .Member("duration.getMinutes(): int", static (_, a) => CelValue.Of(a[0].Duration.Nanos / (60 * CelDuration.Second)))
            .Member("duration.getSeconds(): int", static (_, a) => CelValue.Of(a[0].Duration.Nanos / CelDuration.Second))
            .Member("duration.getMilliseconds(): int", static (_, a) => CelValue.Of(a[0].Duration.Nanos / 1_000_000 % 1000));
    }

    private static void Part(LibraryBuilder library, string name, Func<CivilTime, int, long> part) => library
        .Member($"timestamp.{name}(): int", (_, a) => CelValue.Of(part(CivilTime.At(a[0].Timestamp.Seconds), a[0].Timestamp.Nanos)))
        .Member($"timestamp.{name}(string): int", (_, a) =>
        {
            var at = a[0].Timestamp;
            return TimeZones.Offset(a[1].String, at) is { } offset
                ? CelValue.Of(part(CivilTime.At(at.Seconds + offset), at.Nanos))
                : CelValue.Error($"there is no time zone {ValueText.Json(a[1], 60)}; use an IANA name, 'UTC' or '±hh:mm'");
        });
}
