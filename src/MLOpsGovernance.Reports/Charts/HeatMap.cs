namespace MLOpsGovernance.Reports.Charts;

/// <summary>A number for each pair of a row and a column: risk by control, class by environment.</summary>
/// <param name="Values">By row, then by column; null or not a number where there is none.</param>
public sealed record HeatMap(IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double?>> Values, string Unit) : Chart
{
    public const int MostDrawn = 24;

    public override float Height => 46 + (Math.Min(MostDrawn, Rows.Count) * 18);

    public override bool IsEmpty => Rows.Count == 0 || Columns.Count == 0;

    public override IReadOnlyList<string> NumberHeads => [Unit, .. Columns];

    public override IEnumerable<IReadOnlyList<object?>> NumberRows => Rows.Select((r, i) => (IReadOnlyList<object?>)[r, .. Columns.Select((_, c) => (object?)Value(i, c))]);

    internal override void Draw(Svg svg)
    {
        var (rows, columns) = (Rows.Take(MostDrawn).ToList(), Columns.Take(MostDrawn).ToList());
        var left = Math.Min(svg.Width * 0.34f, rows.Select(static r => Letters.Width(r, 7.5f)).DefaultIfEmpty(0).Max() + 8);
        var (wide, most) = (Math.Min(110, (svg.Width - left) / Math.Max(1, columns.Count)), Values.SelectMany(static r => r).Where(static v => v is { } n && double.IsFinite(n)).Select(static v => v!.Value).DefaultIfEmpty(0).Max());
        for (var c = 0; c < columns.Count; c++) svg.Text(left + ((c + 0.5f) * wide), 12, columns[c], 7, "middle", Palette.Quiet, room: wide - 4);
        for (var r = 0; r < rows.Count; r++)
        {
            var y = 18 + (r * 18f);
            svg.Text(left - 5, y + 11.5f, rows[r], 7.5f, "end", room: left - 6);
            for (var c = 0; c < columns.Count; c++)
            {
                var value = Value(r, c);
                var share = value is { } v && most > 0 ? v / most : 0;
                svg.Rectangle(left + (c * wide) + 0.8f, y + 0.8f, wide - 1.6f, 16.4f, value is null ? "#FFFFFF" : Palette.Heat(share), Palette.Grid, 0.5f, 1.5f);
                svg.Text(left + ((c + 0.5f) * wide), y + 11.7f, value is null ? "–" : Scale.Short(value.Value), 7.5f, "middle", value is null ? Palette.Quiet : Palette.On(share), room: wide - 3);
            }
        }

        if (Rows.Count > rows.Count || Columns.Count > columns.Count) svg.Text(left, svg.Height - 6, $"The first {rows.Count} of {Rows.Count} rows and {columns.Count} of {Columns.Count} columns; the table has all.", 6.5f, fill: Palette.Quiet);
        else svg.Text(left, svg.Height - 6, $"{Unit}; the darker, the more", 6.5f, fill: Palette.Quiet);
    }

    private double? Value(int row, int column) =>
        row < Values.Count && column < Values[row].Count && Values[row][column] is { } value && double.IsFinite(value) ? value : null;
}
