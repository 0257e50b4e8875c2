namespace MLOpsGovernance.Reports.Charts;

/// <param name="Claimed">What people say; null where nobody said.</param>
/// <param name="Evidenced">What recorded events show; null where none bears on it.</param>
/// <param name="Target">What is aimed at.</param>
public sealed record RadarAxis(string Name, double? Claimed, double? Evidenced, double? Target = null);

/// <summary>A profile over several axes: claims against evidence.</summary>
public sealed record RadarChart(IReadOnlyList<RadarAxis> Axes, double Most = 4) : Chart
{
    public override float Height => 250;

    public override IReadOnlyList<string> NumberHeads => ["Dimension", "Claimed", "Evidenced", "Target"];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows => Axes.Select(static a => (IReadOnlyList<object?>)[a.Name, a.Claimed, a.Evidenced, a.Target]);

    internal override void Draw(Svg svg)
    {
        var (x, y) = (svg.Width / 2, (svg.Height / 2) + 8);
        var radius = Math.Min((svg.Width / 2) - 120, (svg.Height / 2) - 26);
        for (var ring = 1; ring <= (int)Most; ring++)
        {
            svg.Polygon(Around(_ => ring), "none", Palette.Grid, 0.6f);
            svg.Text(x + 2, y - (radius * ring / (float)Most) - 1.5f, Scale.Short(ring), 6, fill: Palette.Quiet);
        }

        for (var i = 0; i < Axes.Count; i++)
        {
            var (dx, dy) = Direction(i);
            svg.Line(x, y, x + (dx * radius), y + (dy * radius), Palette.Grid, 0.6f);
            var anchor = dx > 0.2f ? "start" : dx < -0.2f ? "end" : "middle";
            svg.Text(x + (dx * (radius + 8)), y + (dy * (radius + 9)) + 2.5f, Axes[i].Name, 7.5f, anchor, room: anchor == "middle" ? 160 : 112);
            if (Axes[i].Evidenced is null) svg.Text(x + (dx * (radius + 8)), y + (dy * (radius + 9)) + 10.5f, "no evidence", 6.5f, anchor, Palette.Quiet);
        }

        if (Axes.Any(static a => a.Target is not null)) svg.Polygon(Around(static a => a.Target ?? 0), "none", Palette.Quiet, 0.9f, dashes: "1.5 2");
        svg.Polygon(Around(static a => a.Claimed ?? 0), "none", Palette.Orange, 1.8f, dashes: "5 2.5");
        svg.Polygon(Around(static a => a.Evidenced ?? 0), Palette.Blue, Palette.Blue, 1.8f, 0.16f);
        Legend(svg, [("Claimed", Palette.Orange, "5 2.5"), ("Evidenced", Palette.Blue, null), ("Target", Palette.Quiet, "1.5 2")]);

        (float, float) Direction(int i)
        {
            var (sin, cos) = MathF.SinCos(2 * MathF.PI * i / Math.Max(1, Axes.Count));
            return (sin, -cos);
        }

        IEnumerable<(float, float)> Around(Func<RadarAxis, double> value) => Axes.Select((a, i) =>
        {
            var (dx, dy) = Direction(i);
            var share = value(a) is var v && double.IsFinite(v) ? (float)(Math.Clamp(v, 0, Most) / Most) : 0;
            return (x + (dx * radius * share), y + (dy * radius * share));
        });
    }
}
