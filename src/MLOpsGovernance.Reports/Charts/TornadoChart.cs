namespace MLOpsGovernance.Reports.Charts;

/// <param name="AtLow">The result when this input is at its low end, all others at their middle.</param>
public sealed record TornadoBar(string Name, double AtLow, double AtHigh)
{
    public double Swing => Math.Abs(AtHigh - AtLow);
}

/// <summary>Which inputs move the result, widest first.</summary>
public sealed record TornadoChart(IReadOnlyList<TornadoBar> Bars, double Middle, string Unit) : Chart
{
    public const int MostDrawn = 12;

    public override float Height => 40 + (Math.Min(MostDrawn, Bars.Count) * 16);

    public override IReadOnlyList<string> NumberHeads => ["Input", $"At its low end ({Unit})", $"At its high end ({Unit})", "Swing"];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows => Ordered.Select(static b => (IReadOnlyList<object?>)[b.Name, b.AtLow, b.AtHigh, b.Swing]);

    private IEnumerable<TornadoBar> Ordered => Bars.OrderByDescending(static b => double.IsFinite(b.Swing) ? b.Swing : -1).ThenBy(static b => b.Name, StringComparer.Ordinal);

    internal override void Draw(Svg svg)
    {
        var drawn = Ordered.Take(MostDrawn).ToList();
        var left = Math.Min(svg.Width * 0.38f, drawn.Select(static b => Letters.Width(b.Name, 7.5f)).DefaultIfEmpty(0).Max() + 8);
        var scale = Scale.Over(drawn.SelectMany(static b => new[] { b.AtLow, b.AtHigh }).Append(Middle), left, svg.Width - 10, zero: false);
        var bottom = svg.Height - 16;
        Legend(svg, [("Input at its low end", "#9DB7D1", null), ("Input at its high end", Palette.Blue, null)], left);
        foreach (var tick in scale.Ticks)
        {
            svg.Line(scale.At(tick), 14, scale.At(tick), bottom, Palette.Grid, 0.5f);
            svg.Text(scale.At(tick), bottom + 9, Scale.Short(tick), 6.5f, "middle", Palette.Quiet);
        }

        for (var i = 0; i < drawn.Count; i++)
        {
            var (bar, y) = (drawn[i], 18 + (i * 16f));
            svg.Text(left - 5, y + 7.5f, bar.Name, 7.5f, "end", room: left - 6);
            Part(bar.AtLow, y, "#9DB7D1");
            Part(bar.AtHigh, y, Palette.Blue);
        }

        svg.Line(scale.At(Middle), 14, scale.At(Middle), bottom, Palette.Ink, 1);

        void Part(double value, float y, string color)
        {
            if (!double.IsFinite(value)) return;
            var (from, to) = (Math.Min(scale.At(Middle), scale.At(value)), Math.Max(scale.At(Middle), scale.At(value)));
            svg.Rectangle(from, y, to - from, 10, color);
        }
    }
}
