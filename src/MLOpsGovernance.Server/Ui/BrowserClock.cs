using System.Globalization;

namespace MLOpsGovernance.Server.Ui;

/// <summary>Times as the reader's own clock shows them.</summary>
internal sealed class BrowserClock
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    public bool Known { get; private set; }

    /// <param name="minutes">How far the browser is ahead of UTC now, for where its zone is not known here.</param>
    public void Set(string? zone, int minutes)
    {
        Known = true;
        if (zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) _zone = found;
        else if (minutes is >= -14 * 60 and <= 14 * 60) _zone = TimeZoneInfo.CreateCustomTimeZone("browser", TimeSpan.FromMinutes(minutes), null, null);
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);

    public string Minute(DateTimeOffset at) => Local(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => Local(at).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
