using System.Runtime.InteropServices;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>Calendar and clock of an instant in some zone. Own arithmetic: an offset may lead out of the years that DateTime knows.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CivilTime(long Year, int Month, int Day, int DayOfYear, int DayOfWeek, int Hour, int Minute, int Second)
{
    /// <param name="localSeconds">Unix seconds plus the zone's offset.</param>
    public static CivilTime At(long localSeconds)
    {
        var days = Math.DivRem(localSeconds, 86_400, out var clock);
        if (clock < 0) (days, clock) = (days - 1, clock + 86_400);

        // Days since 0000-03-01: leap days then come last in the year, and 400 years are one cycle.
        var shifted = days + 719_468;
        var era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097;
        var dayOfEra = (int)(shifted - era * 146_097);
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var monthFromMarch = (5 * dayFromMarch + 2) / 153;
        var day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        var year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

        var leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        var dayOfYear = month > 2 ? dayFromMarch + (leap ? 60 : 59) : dayFromMarch - 306;
        var weekday = (int)(((days + 4) % 7 + 7) % 7);
        return new(year, month, day, dayOfYear, weekday, (int)(clock / 3600), (int)(clock / 60 % 60), (int)(clock % 60));
    }
}
