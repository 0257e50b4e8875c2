namespace MLOpsGovernance.Reports.Charts;

/// <summary>Parts of a whole, period by period.</summary>
/// <param name="Values">By period, then by part.</param>
/// <param name="Colors">One for each part, where its meaning asks for one.</param>
public sealed record StackedBars(IReadOnlyList<string> Periods, IReadOnlyList<string> Parts, IReadOnlyList<IReadOnlyList<double>> Values, string Unit, IReadOnlyList<string>? Colors = null) : Chart
{
    public override float Height => 165;

    public override IReadOnlyList<string> NumberHeads => [Unit, .. Parts];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows => Periods.Select((p, i) => (IReadOnlyList<object?>)[p, .. Parts.Select((_, c) => (object?)At(i, c))]);

    internal override void Draw(Svg svg)
    {
        var totals = Periods.Select((_, i) => Parts.Select((_, c) => Math.Max(0, At(i, c) ?? 0)).Sum()).ToList();
        var y = Scale.Over(totals, svg.Height - 20, 18, 4);
        foreach (var tick in y.Ticks)
        {
            svg.Line(36, y.At(tick), svg.Width, y.At(tick), Palette.Grid, 0.5f);
            svg.Text(32, y.At(tick) + 2.3f, Scale.Short(tick), 6.5f, "end", Palette.Quiet);
        }

        var wide = (svg.Width - 40) / Math.Max(1, Periods.Count);
        for (var i = 0; i < Periods.Count; i++)
        {
            var x = 40 + (i * wide) + (wide * 0.18f);
            var from = 0d;
            for (var c = 0; c < Parts.Count; c++)
            {
                var value = Math.Max(0, At(i, c) ?? 0);
                if (value <= 0) continue;
                svg.Rectangle(x, y.At(from + value), wide * 0.64f, y.At(from) - y.At(from + value), Of(c), "#FFFFFF", 0.6f);
                from += value;
            }

            svg.Text(x + (wide * 0.32f), svg.Height - 10, Periods[i], 6.5f, "middle", Palette.Quiet, room: wide - 2);
        }

        Legend(svg, Parts.Take(6).Select((p, i) => (p, Of(i), (string?)null)), 36);
    }

    private string Of(int part) => Colors is { } colors && part < colors.Count ? colors[part] : Palette.Series[part % Palette.Series.Count];

    private double? At(int period, int part) => period < Values.Count && part < Values[period].Count && double.IsFinite(Values[period][part]) ? Values[period][part] : null;
}
