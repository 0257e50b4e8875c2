using System.Globalization;

namespace MLOpsGovernance.Reports.Charts;

public sealed record TimePoint(DateTimeOffset At, double Value);

public sealed record TimeSeries(string Name, IReadOnlyList<TimePoint> Points);

/// <summary>Numbers over time.</summary>
public sealed record TimeLine(IReadOnlyList<TimeSeries> Series, string Unit, double? Limit = null, string? LimitName = null) : Chart
{
    public override float Height => 165;

    public override bool IsEmpty => Series.All(static s => s.Points.Count == 0);

    public override IReadOnlyList<string> NumberHeads => ["Time", .. Series.Select(s => Series.Count == 1 ? $"{s.Name} ({Unit})" : s.Name)];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows
    {
        get
        {
            var tables = Series.Select(static s => s.Points.GroupBy(static p => p.At).ToDictionary(static g => g.Key, static g => g.Last().Value)).ToList();
            return Series.SelectMany(static s => s.Points.Select(static p => p.At)).Distinct().Order()
                .Select(at => (IReadOnlyList<object?>)[at, .. tables.Select(t => t.TryGetValue(at, out var value) ? (object?)value : null)]);
        }
    }

    internal override void Draw(Svg svg)
    {
        var times = Series.SelectMany(static s => s.Points.Select(static p => p.At.UtcTicks)).ToList();
        if (times.Count == 0) return;
        var (first, last) = (times.Min(), Math.Max(times.Max(), times.Min() + TimeSpan.TicksPerHour));
        var y = Scale.Over(Series.SelectMany(static s => s.Points.Select(static p => p.Value)).Append(Limit ?? double.NaN), svg.Height - 22, 18, 4);
        float X(long ticks) => 36 + ((float)((ticks - first) / (double)(last - first)) * (svg.Width - 36 - 14));
        foreach (var tick in y.Ticks)
        {
            svg.Line(36, y.At(tick), svg.Width - 14, y.At(tick), Palette.Grid, 0.5f);
            svg.Text(32, y.At(tick) + 2.3f, Scale.Short(tick), 6.5f, "end", Palette.Quiet);
        }

        var form = last - first < 3 * TimeSpan.TicksPerDay ? "d MMM HH:mm" : "d MMM yyyy";
        for (var i = 0; i <= 4; i++)
        {
            var at = first + ((last - first) / 4 * i);
            svg.Text(X(at), svg.Height - 11, new DateTime(at, DateTimeKind.Utc).ToString(form, CultureInfo.InvariantCulture), 6.5f, i == 0 ? "start" : i == 4 ? "end" : "middle", Palette.Quiet);
        }

        if (Limit is { } limit && double.IsFinite(limit))
        {
            svg.Line(36, y.At(limit), svg.Width - 14, y.At(limit), Palette.Vermilion, 1, "4 2");
            svg.Text(svg.Width - 14, y.At(limit) - 3, LimitName ?? $"limit {Scale.Short(limit)}", 6.5f, "end", Palette.Vermilion);
        }

        for (var i = 0; i < Series.Count; i++)
        {
            var (color, dashes) = (Palette.Series[i % Palette.Series.Count], Palette.Dashes[i % Palette.Dashes.Count]);
            var points = Series[i].Points.Where(static p => double.IsFinite(p.Value)).OrderBy(static p => p.At).Select(p => (X(p.At.UtcTicks), y.At(p.Value))).ToList();
            if (points.Count > 1) svg.Polyline(points, color, 1.5f, dashes);
            if (points.Count <= 40) foreach (var (px, py) in points) svg.Circle(px, py, 1.6f, color);
        }

        Legend(svg, Series.Take(5).Select((s, i) => (s.Name, Palette.Series[i % Palette.Series.Count], Palette.Dashes[i % Palette.Dashes.Count])), 36);
    }
}
