using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>A table over as many pages as it needs, with its heads on each.</summary>
internal static class PdfTable
{
    public static void Compose(IContainer place, Grid grid, float size = 7.5f) => place.Column(column =>
    {
        if (grid.Title.Length > 0) column.Item().PaddingBottom(3).Text(grid.Rows.Count > 20 ? $"{grid.Title} ({Say.Count(grid.Rows.Count)})" : grid.Title).FontSize(9).SemiBold();
        if (grid.Rows.Count == 0)
        {
            column.Item().Text(grid.Empty).FontColor(Look.Quiet);
            return;
        }

        column.Item().Table(table =>
        {
            table.ColumnsDefinition(columns =>
            {
                foreach (var c in grid.Columns)
                {
                    if (c.Points is { } points) columns.ConstantColumn(points);
                    else columns.RelativeColumn(c.Weight);
                }
            });
            table.Header(header =>
            {
                foreach (var c in grid.Columns)
                {
                    var text = header.Cell().AsSemanticHorizontalHeader().Background(Look.Pale).BorderBottom(0.75f).BorderColor(Look.Rule).PaddingVertical(3).PaddingHorizontal(4).AlignBottom().Text(c.Head).FontSize(size - 0.3f).SemiBold().FontColor(Look.Quiet).LineHeight(1.2f);
                    if (c.Align == Align.Right) text.AlignRight();
                }
            });
            foreach (var row in grid.Rows)
            {
                for (var i = 0; i < grid.Columns.Count; i++) Fill(table.Cell(), i < row.Count ? row[i] : new(Say.Nothing), grid.Columns[i].Align, size);
            }
        });
    });

    private static void Fill(IContainer cell, Cell value, Align align, float size)
    {
        var place = cell.BorderBottom(0.5f).BorderColor(Look.Hair).PaddingVertical(2.5f).PaddingHorizontal(4).EnsureSpace(72);
        if (Verification.IsLink(value.Url)) place = place.Hyperlink(value.Url!);
        var text = place.Text(value.Text).FontSize(size).LineHeight(1.25f);
        if (align == Align.Right) text.AlignRight();
        if (value.Code) text.FontSize(size - 0.9f);
        if (value.Tone is { } tone and not Tone.Neutral) text.SemiBold().FontColor(Look.Strong(tone));
        else if (Verification.IsLink(value.Url)) text.FontColor(Look.Accent);
    }
}
