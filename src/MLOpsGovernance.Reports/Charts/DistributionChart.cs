namespace MLOpsGovernance.Reports.Charts;

/// <param name="Quantiles">Cost at each share of the runs, in rising shares: (0.1, P10) … (0.9, P90). At least two.</param>
public sealed record DistributionSeries(string Name, IReadOnlyList<(double Share, double Value)> Quantiles);

/// <summary>How likely a cost stays below each amount: one rising line for each choice.</summary>
public sealed record DistributionChart(IReadOnlyList<DistributionSeries> Series, string Unit) : Chart
{
    public override float Height => 190;

    public override IReadOnlyList<string> NumberHeads => ["Choice", .. Shares.Select(s => $"P{s * 100:0}")];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows =>
        Series.Select(s => (IReadOnlyList<object?>)[s.Name, .. Shares.Select(share => s.Quantiles.Where(q => q.Share.Equals(share)).Select(static q => (object?)q.Value).FirstOrDefault())]);

    private IEnumerable<double> Shares => Series.SelectMany(static s => s.Quantiles.Select(static q => q.Share)).Distinct().Order();

    internal override void Draw(Svg svg)
    {
        var x = Scale.Over(Series.SelectMany(static s => s.Quantiles.Select(static q => q.Value)), 30, svg.Width - 12, zero: false);
        var y = Scale.Over([0, 1], svg.Height - 22, 20, 4);
        foreach (var tick in y.Ticks)
        {
            svg.Line(30, y.At(tick), svg.Width - 12, y.At(tick), Palette.Grid, 0.5f);
            svg.Text(26, y.At(tick) + 2.3f, $"{tick * 100:0} %", 6.5f, "end", Palette.Quiet);
        }

        foreach (var tick in x.Ticks) svg.Text(x.At(tick), svg.Height - 12, Scale.Short(tick), 6.5f, "middle", Palette.Quiet);
        svg.Text(svg.Width - 12, svg.Height - 3, $"cost in {Unit}; the line is the share of runs that cost no more", 6.5f, "end", Palette.Quiet);
        for (var i = 0; i < Series.Count; i++)
        {
            var (color, dashes) = (Palette.Series[i % Palette.Series.Count], Palette.Dashes[i % Palette.Dashes.Count]);
            var points = Series[i].Quantiles.Where(static q => double.IsFinite(q.Value)).OrderBy(static q => q.Share).Select(q => (x.At(q.Value), y.At(q.Share))).ToList();
            if (points.Count > 1) svg.Polyline(points, color, 1.8f, dashes);
            foreach (var (px, py) in points) svg.Circle(px, py, 1.8f, color);
        }

        Legend(svg, Series.Take(5).Select((s, i) => (s.Name, Palette.Series[i % Palette.Series.Count], Palette.Dashes[i % Palette.Dashes.Count])), 30);
    }
}
