using System.Globalization;
using System.Runtime.InteropServices;

namespace MLOpsGovernance.Policy.Cel.Values;

/// <summary>An instant in Unix seconds and nanoseconds, from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CelTimestamp(long Seconds, int Nanos)
{
    public const long MinSeconds = -62_135_596_800;
    public const long MaxSeconds = 253_402_300_799;

    public static CelTimestamp From(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        return new(seconds, (int)rest * 100);
    }

    public static CelValue FromSeconds(long seconds) =>
        seconds is >= MinSeconds and <= MaxSeconds ? CelValue.Of(new CelTimestamp(seconds, 0)) : CelError.TimestampRange;

    public CelValue Add(Int128 nanos)
    {
        var total = Total + nanos;
        var (seconds, rest) = Int128.DivRem(total, CelDuration.Second);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + CelDuration.Second);
        return seconds >= MinSeconds && seconds <= MaxSeconds
            ? CelValue.Of(new CelTimestamp((long)seconds, (int)rest))
            : CelError.TimestampRange;
    }

    public CelValue Minus(CelTimestamp other) => CelDuration.From(Total - other.Total);

    public int Order(CelTimestamp other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanos.CompareTo(other.Nanos);

    private Int128 Total => (Int128)Seconds * CelDuration.Second + Nanos;

    /// <summary>Reads RFC 3339: date, <c>T</c>, time, up to nine decimals, <c>Z</c> or <c>±hh:mm</c>.</summary>
    public static CelValue Parse(string text) =>
        TryParse(text, out var value)
            ? value.Seconds is >= MinSeconds and <= MaxSeconds ? CelValue.Of(value) : CelError.TimestampRange
            : CelValue.Error($"'{CodePoints.Cut(text, 40)}' is not an RFC 3339 timestamp such as '2026-08-10T12:00:00Z'");

    private static bool TryParse(ReadOnlySpan<char> text, out CelTimestamp value)
    {
        value = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':') return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute) || !Digits(text[17..19], out var second)) return false;
        if (month is < 1 or > 12 || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (hour > 23 || minute > 59 || second > 59) return false;

        var rest = text[19..];
        var nanos = 0;
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (end is < 1 or > 9) return false;
            Digits(rest.Slice(1, end), out nanos);
            for (var i = end; i < 9; i++) nanos *= 10;
            rest = rest[(end + 1)..];
        }

        if (!TryOffset(rest, out var offset)) return false;
        var days = new DateOnly(year, month, day).DayNumber - 719_162;
        value = new(days * 86_400L + hour * 3600 + minute * 60 + second - offset, nanos);
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z") return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':') return false;
        if (!Digits(text[1..3], out var hours) || !Digits(text[4..], out var minutes) || hours > 23 || minutes > 59) return false;
        seconds = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }

        return true;
    }

    /// <summary>RFC 3339 in UTC, with as many decimals as needed.</summary>
    public override string ToString()
    {
        var civil = CivilTime.At(Seconds);
        var fraction = Nanos == 0 ? "" : "." + Nanos.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture,
            $"{civil.Year:0000}-{civil.Month:00}-{civil.Day:00}T{civil.Hour:00}:{civil.Minute:00}:{civil.Second:00}{fraction}Z");
    }
}
