namespace MLOpsGovernance.Reports.Charts;

/// <param name="Low">The lower end of the interval, for instance P10.</param>
/// <param name="High">The upper end, for instance P90.</param>
/// <param name="Marked">Stands out: the one chosen.</param>
public sealed record IntervalBar(string Name, double Middle, double? Low = null, double? High = null, bool Marked = false);

/// <summary>Bars with their uncertainty.</summary>
/// <param name="Unit">Of the numbers.</param>
/// <param name="Limit">A line across all bars, for instance an appetite.</param>
public sealed record IntervalBars(IReadOnlyList<IntervalBar> Bars, string Unit, string MiddleName = "Value", string LowName = "Low", string HighName = "High", double? Limit = null, string? LimitName = null) : Chart
{
    /// <summary>More would be unreadable; the table has them all.</summary>
    public const int MostDrawn = 20;

    public override float Height => 34 + (Math.Min(MostDrawn, Bars.Count) * 17);

    public override IReadOnlyList<string> NumberHeads => Bars.Any(static b => b.Low is not null) ? ["", $"{LowName}", $"{MiddleName} ({Unit})", $"{HighName}"] : ["", $"{MiddleName} ({Unit})"];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows =>
        Bars.Select(b => (IReadOnlyList<object?>)(NumberHeads.Count == 4 ? [b.Name, b.Low, b.Middle, b.High] : [b.Name, b.Middle]));

    internal override void Draw(Svg svg)
    {
        var drawn = Bars.Take(MostDrawn).ToList();
        var left = Math.Min(svg.Width * 0.36f, drawn.Select(static b => Letters.Width(b.Name, 7.5f)).DefaultIfEmpty(0).Max() + 8);
        var scale = Scale.Over(drawn.SelectMany(static b => new[] { b.Middle, b.Low ?? double.NaN, b.High ?? double.NaN }).Append(Limit ?? double.NaN), left, svg.Width - 44);
        var bottom = svg.Height - 18;
        foreach (var tick in scale.Ticks)
        {
            svg.Line(scale.At(tick), 8, scale.At(tick), bottom, Palette.Grid, 0.5f);
            svg.Text(scale.At(tick), bottom + 9, Scale.Short(tick), 6.5f, "middle", Palette.Quiet);
        }

        svg.Text(svg.Width, bottom + 9, Unit, 6.5f, "end", Palette.Quiet);
        for (var i = 0; i < drawn.Count; i++)
        {
            var bar = drawn[i];
            var y = 10 + (i * 17f);
            svg.Text(left - 5, y + 8, bar.Name, 7.5f, "end", bold: bar.Marked, room: left - 6);
            if (!double.IsFinite(bar.Middle))
            {
                svg.Text(scale.At(0) + 4, y + 8, "not known", 6.5f, fill: Palette.Quiet);
                continue;
            }

            var (from, to) = (Math.Min(scale.At(0), scale.At(bar.Middle)), Math.Max(scale.At(0), scale.At(bar.Middle)));
            svg.Rectangle(from, y + 1, to - from, 10, bar.Marked ? Palette.Blue : "#9DB7D1");
            var end = to;
            if (bar is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high))
            {
                svg.Line(scale.At(low), y + 6, scale.At(high), y + 6, Palette.Ink, 1);
                svg.Line(scale.At(low), y + 3, scale.At(low), y + 9, Palette.Ink, 1);
                svg.Line(scale.At(high), y + 3, scale.At(high), y + 9, Palette.Ink, 1);
                end = Math.Max(end, scale.At(high));
            }

            svg.Text(end + 4, y + 8.5f, Scale.Short(bar.Middle), 7, fill: Palette.Ink, bold: bar.Marked);
        }

        if (Limit is not { } limit || !double.IsFinite(limit)) return;
        svg.Line(scale.At(limit), 2, scale.At(limit), bottom, Palette.Vermilion, 1.2f, "4 2");
        svg.Text(scale.At(limit) + 3, 7, LimitName ?? Scale.Short(limit), 6.5f, fill: Palette.Vermilion);
    }
}
