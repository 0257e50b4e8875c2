using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>Sections and their blocks, on pages.</summary>
internal static class PdfBlocks
{
    public static void Compose(ColumnDescriptor column, Section section)
    {
        var head = section.Blocks.Count > 0 ? section.Blocks[0] : null;
        column.Item().Section(section.Id).EnsureSpace(40 + Needs(head) + (head is Heading && section.Blocks.Count > 1 ? Needs(section.Blocks[1]) : 0)).Column(together =>
        {
            together.Spacing(8);
            together.Item().BorderBottom(1).BorderColor(Look.Accent).PaddingBottom(3).SemanticHeader1().Text(section.Title).FontSize(14).SemiBold();
            if (section.Lead is not null) together.Item().Text(section.Lead).FontColor(Look.Quiet);
            var taken = Together(section.Blocks, 0);
            for (var i = 0; i < taken; i++) together.Item().Element(c => Draw(c, section.Blocks[i]));
        });
        for (var at = Together(section.Blocks, 0); at < section.Blocks.Count;)
        {
            var (from, until) = (at, at + Together(section.Blocks, at));
            column.Item().EnsureSpace(Math.Min(600, section.Blocks.Skip(from).Take(until - from).Sum(Needs))).Column(together =>
            {
                together.Spacing(4);
                for (var i = from; i < until; i++) together.Item().Element(c => Draw(c, section.Blocks[i]));
            });
            at = until;
        }
    }

    /// <summary>A heading stays with what follows it.</summary>
    private static int Together(IReadOnlyList<Block> blocks, int at) => blocks.Count == 0 ? 0 : blocks[at] is Heading && at + 1 < blocks.Count ? 2 : 1;

    /// <summary>How much height a block wants before it begins.</summary>
    private static float Needs(Block? block) => block switch
    {
        null => 0,
        Heading => 30,
        Drawn { Chart: { IsEmpty: false } chart } drawn => chart.Height + 44 + (ReportOutline.Beside(drawn) ? 20 + (14 * chart.NumberRows.Count()) : 0),
        Asked or Indicators or Figures => 110,
        Grid { Rows.Count: > 0 } => 86,
        _ => 48,
    };

    private static void Draw(IContainer place, Block block)
    {
        switch (block)
        {
            case Heading heading:
                place.PaddingTop(4).Text(heading.Text).FontSize(10.5f).SemiBold();
                break;
            case Prose prose:
                place.Text(prose.Text);
                break;
            case Points points:
                PdfParts.Points(place, points);
                break;
            case Facts facts:
                PdfParts.Facts(place, facts);
                break;
            case Verdict verdict:
                PdfParts.Verdict(place, verdict);
                break;
            case Figures figures:
                PdfParts.Figures(place, figures);
                break;
            case Asked asked:
                PdfParts.Asked(place, asked);
                break;
            case Indicators indicators:
                PdfParts.Indicators(place, indicators);
                break;
            case Drawn drawn:
                Chart(place, drawn);
                break;
            case Grid grid:
                PdfTable.Compose(place, grid);
                break;
        }
    }

    private static void Chart(IContainer place, Drawn drawn) => place.Column(column =>
    {
        var chart = drawn.Chart;
        column.Item().Text(chart.Title).FontSize(9).SemiBold();
        if (chart.IsEmpty)
        {
            column.Item().PaddingTop(3).Text(drawn.Empty).FontColor(Look.Quiet);
            return;
        }

        column.Item().Text(chart.Finding).FontColor(Look.Quiet);
        column.Item().PaddingTop(6).Height(chart.Height).SemanticFigure(chart.Finding).Svg(size => chart.ToSvg(size.Width, size.Height));
        if (ReportOutline.Beside(drawn)) column.Item().PaddingTop(4).Element(c => PdfTable.Compose(c, ReportOutline.NumbersOf(chart, ""), 7));
        else if (!drawn.NumbersFollow) column.Item().PaddingTop(2).SectionLink(ReportOutline.Numbers).Text("The numbers are in the table at the end.").FontSize(7).FontColor(Look.Accent);
    });
}
