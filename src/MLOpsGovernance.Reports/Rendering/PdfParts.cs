using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>What stands out on a page.</summary>
internal static class PdfParts
{
    private static readonly string[] AskedHeads = ["", "Decision", "Owner", "By", "If nobody decides"];

    private static readonly (string Head, bool Right)[] IndicatorHeads = [("Indicator", false), ("Now", true), ("Appetite", false), ("Stands", false), ("Last report", true)];

    public static void Verdict(IContainer place, Verdict verdict) => place.ShowEntire().Background(Look.Tint(verdict.Tone)).BorderLeft(4).BorderColor(Look.Strong(verdict.Tone)).BorderAlignmentInside().Padding(9).PaddingLeft(5).Column(column =>
    {
        column.Item().Row(row =>
        {
            row.Spacing(6);
            row.ConstantItem(10).PaddingTop(3).Height(10).Svg(Look.MarkSvg(verdict.Tone));
            row.RelativeItem().Text(verdict.Word).FontSize(12.5f).SemiBold().FontColor(Look.Strong(verdict.Tone));
        });
        column.Item().PaddingTop(2).Text(verdict.Text).FontSize(9).ClampLines(14);
    });

    public static void Figures(IContainer place, Figures figures) => place.ShowEntire().Row(row =>
    {
        row.Spacing(6);
        foreach (var figure in figures.Items)
        {
            row.RelativeItem().Background(Look.Pale).BorderTop(2).BorderColor(Look.Strong(figure.Tone)).BorderAlignmentInside().Padding(7).Column(column =>
            {
                column.Item().Text(figure.Value).FontSize(figure.Value.Length > 9 ? 10 : 15).LineHeight(1.25f).SemiBold().FontColor(Look.Strong(figure.Tone)).ClampLines(2);
                column.Item().Text(figure.Label).FontSize(7.5f).LineHeight(1.2f);
                if (figure.Note is not null) column.Item().Text(figure.Note).FontSize(7).LineHeight(1.2f).FontColor(Look.Quiet).ClampLines(3);
            });
        }
    });

    public static void Facts(IContainer place, Facts facts) => place.Table(table =>
    {
        table.ColumnsDefinition(columns =>
        {
            columns.RelativeColumn(1);
            columns.RelativeColumn(3.4f);
        });
        foreach (var fact in facts.Items)
        {
            table.Cell().BorderBottom(0.5f).BorderColor(Look.Hair).PaddingVertical(3).Text(fact.Label).FontColor(Look.Quiet);
            var value = table.Cell().BorderBottom(0.5f).BorderColor(Look.Hair).PaddingVertical(3).Text(fact.Value);
            if (fact.Tone != Tone.Neutral) value.SemiBold().FontColor(Look.Strong(fact.Tone));
        }
    });

    public static void Points(IContainer place, Points points) => place.Column(column =>
    {
        if (points.Items.Count == 0) column.Item().Text(points.Empty).FontColor(Look.Quiet);
        foreach (var point in points.Items)
        {
            column.Item().PaddingTop(2).Row(row =>
            {
                row.ConstantItem(12).Text("•");
                row.RelativeItem().Text(point);
            });
        }
    });

    public static void Asked(IContainer place, Asked asked) => place.Column(column =>
    {
        column.Item().PaddingBottom(3).Text("Decisions asked of you").FontSize(10.5f).SemiBold();
        if (asked.Decisions.Count == 0)
        {
            column.Item().Text(asked.Empty).FontColor(Look.Quiet);
            return;
        }

        column.Item().Table(table =>
        {
            table.ColumnsDefinition(columns =>
            {
                columns.ConstantColumn(20);
                columns.RelativeColumn(3);
                columns.RelativeColumn(1.2f);
                columns.ConstantColumn(62);
                columns.RelativeColumn(2.6f);
            });
            table.Header(header =>
            {
                foreach (var head in AskedHeads) header.Cell().Background(Look.Pale).Padding(3).Text(head).FontSize(7.2f).SemiBold().FontColor(Look.Quiet);
            });
            for (var i = 0; i < asked.Decisions.Count; i++)
            {
                var decision = asked.Decisions[i];
                Cell(table).Text(Say.Count(i + 1)).FontSize(11).SemiBold().FontColor(Look.Accent);
                Cell(table).Column(what =>
                {
                    what.Item().Element(t => Verification.IsLink(decision.Url) ? t.Hyperlink(decision.Url!) : t).Text(decision.Title).SemiBold();
                    if (!string.IsNullOrWhiteSpace(decision.Why)) what.Item().Text(decision.Why).FontSize(7.5f).LineHeight(1.25f).FontColor(Look.Quiet);
                });
                Cell(table).Text(decision.Owner).FontSize(8);
                Cell(table).Text(Say.Day(decision.DueAt)).FontSize(8).SemiBold();
                Cell(table).Text(decision.Consequence).FontSize(8).LineHeight(1.25f);
            }
        });
    });

    public static void Indicators(IContainer place, Indicators indicators) => place.Column(column =>
    {
        column.Item().PaddingBottom(3).Text("Risk indicators against appetite").FontSize(10.5f).SemiBold();
        if (indicators.Items.Count == 0)
        {
            column.Item().Text(indicators.Empty).FontColor(Look.Quiet);
            return;
        }

        column.Item().Table(table =>
        {
            table.ColumnsDefinition(columns =>
            {
                columns.RelativeColumn(2.6f);
                columns.RelativeColumn(1);
                columns.RelativeColumn(1.5f);
                columns.ConstantColumn(122);
                columns.RelativeColumn(1);
            });
            table.Header(header =>
            {
                foreach (var (head, right) in IndicatorHeads)
                {
                    var text = header.Cell().Background(Look.Pale).Padding(3).Text(head).FontSize(7.2f).SemiBold().FontColor(Look.Quiet);
                    if (right) text.AlignRight();
                }
            });
            foreach (var indicator in indicators.Items)
            {
                Cell(table).Text(indicator.Name).FontSize(8);
                Cell(table).PaddingRight(8).Text(WithUnit(indicator.Value, indicator.Unit)).FontSize(8).SemiBold().AlignRight();
                Cell(table).Text(indicator.Appetite).FontSize(8);
                Cell(table).Background(Look.Tint(indicator.Tone)).Padding(2).Row(row =>
                {
                    row.Spacing(4);
                    row.ConstantItem(8).PaddingTop(1.5f).Height(8).Svg(Look.MarkSvg(indicator.Tone));
                    row.RelativeItem().Text(indicator.Word).FontSize(8).LineHeight(1.25f).SemiBold().FontColor(Look.Strong(indicator.Tone));
                });
                Cell(table).Text(WithUnit(indicator.Previous, indicator.Unit)).FontSize(8).AlignRight();
            }
        });
    });

    public static string WithUnit(double? value, string unit) => value is { } v && double.IsFinite(v) && unit.Length > 0 ? $"{Say.Number(v)} {unit}" : Say.Number(value);

    private static IContainer Cell(TableDescriptor table) => table.Cell().BorderBottom(0.5f).BorderColor(Look.Hair).PaddingVertical(3).PaddingHorizontal(3).EnsureSpace(72);
}
