using System.Text;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>Sections and their blocks, as a page.</summary>
internal static class HtmlBlocks
{
    private const float ChartWidth = 640;

    public static void Section(StringBuilder html, Section section)
    {
        html.Append($"<section id=\"{E(section.Id)}\" aria-labelledby=\"{E(section.Id)}-title\">\n<h2 id=\"{E(section.Id)}-title\">{E(section.Title)}</h2>\n");
        if (section.Lead is not null) html.Append($"<p class=\"lead\">{E(section.Lead)}</p>\n");
        foreach (var block in section.Blocks) Draw(html, block);
        html.Append("</section>\n");
    }

    public static void Facts(StringBuilder html, IReadOnlyList<Fact> facts)
    {
        html.Append("<dl>\n");
        foreach (var fact in facts) html.Append($"<dt>{E(fact.Label)}</dt><dd dir=\"auto\"{Class(fact.Tone)}>{E(fact.Value)}</dd>\n");
        html.Append("</dl>\n");
    }

    private static void Draw(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Heading heading:
                html.Append($"<h3>{E(heading.Text)}</h3>\n");
                break;
            case Prose prose:
                html.Append($"<p dir=\"auto\">{E(prose.Text)}</p>\n");
                break;
            case Points { Items.Count: 0 } none:
                html.Append($"<p class=\"empty\">{E(none.Empty)}</p>\n");
                break;
            case Points points:
                html.Append($"<ul>{string.Concat(points.Items.Select(static p => $"<li dir=\"auto\">{E(p)}</li>"))}</ul>\n");
                break;
            case Facts facts:
                Facts(html, facts.Items);
                break;
            case Verdict verdict:
                html.Append($"<div class=\"verdict {Word(verdict.Tone)}\"><strong>{E(verdict.Word)}</strong><p dir=\"auto\">{E(verdict.Text)}</p></div>\n");
                break;
            case Figures figures:
                html.Append($"<ul class=\"figures\">{string.Concat(figures.Items.Select(static f => $"<li><b{Class(f.Tone)}>{E(f.Value)}</b>{E(f.Label)}{(f.Note is null ? "" : $"<small>{E(f.Note)}</small>")}</li>"))}</ul>\n");
                break;
            case Asked asked:
                Table(html, new("Decisions asked of you", [new("No.", Align: Align.Right), new("Decision"), new("Why"), new("Owner"), new("By"), new("If nobody decides")],
                    [.. asked.Decisions.Select(static (d, i) => (IReadOnlyList<Cell>)[Say.Count(i + 1), new(d.Title, Url: d.Url), d.Why ?? "", d.Owner, Say.Day(d.DueAt), d.Consequence])], asked.Empty));
                break;
            case Indicators indicators:
                Table(html, new("Risk indicators against appetite", [new("Indicator"), new("Now", Align: Align.Right), new("Appetite"), new("Stands"), new("Last report", Align: Align.Right)],
                    [.. indicators.Items.Select(static i => (IReadOnlyList<Cell>)[i.Name, PdfParts.WithUnit(i.Value, i.Unit), i.Appetite, new(i.Word, i.Tone), PdfParts.WithUnit(i.Previous, i.Unit)])], indicators.Empty));
                break;
            case Drawn drawn:
                Chart(html, drawn);
                break;
            case Grid grid:
                Table(html, grid);
                break;
        }
    }

    private static void Chart(StringBuilder html, Drawn drawn)
    {
        html.Append($"<figure>\n<figcaption><strong>{E(drawn.Chart.Title)}</strong><p dir=\"auto\">{E(drawn.Chart.IsEmpty ? drawn.Empty : drawn.Chart.Finding)}</p></figcaption>\n");
        if (!drawn.Chart.IsEmpty) html.Append(drawn.Chart.ToSvg(ChartWidth, drawn.Chart.Height)).Append('\n');
        html.Append("</figure>\n");
        if (drawn.Chart.IsEmpty || drawn.NumbersFollow) return;
        if (ReportOutline.Beside(drawn)) Table(html, ReportOutline.NumbersOf(drawn.Chart, $"{drawn.Chart.Title}: numbers"));
        else html.Append($"<p><a href=\"#{ReportOutline.Numbers}\">The numbers are in the table at the end.</a></p>\n");
    }

    private static void Table(StringBuilder html, Grid grid)
    {
        if (grid.Rows.Count == 0)
        {
            if (grid.Title.Length > 0) html.Append($"<h3>{E(grid.Title)}</h3>\n");
            html.Append($"<p class=\"empty\">{E(grid.Empty)}</p>\n");
            return;
        }

        html.Append($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{E(grid.Title)}\">\n<table>\n<caption>{E(grid.Title)}</caption>\n<thead><tr>");
        foreach (var column in grid.Columns) html.Append($"<th scope=\"col\"{(column.Align == Align.Right ? " class=\"right\"" : "")}>{E(column.Head)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in grid.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < grid.Columns.Count; i++) Cell(html, i < row.Count ? row[i] : new(Say.Nothing), grid.Columns[i].Align);
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void Cell(StringBuilder html, Cell cell, Align align)
    {
        var classes = string.Join(' ', new[] { align == Align.Right ? "right" : null, cell.Tone is { } tone and not Tone.Neutral ? Word(tone) : null }.OfType<string>());
        var text = cell.Code ? $"<code>{E(cell.Text)}</code>" : E(cell.Text);
        html.Append($"<td dir=\"auto\"{(classes.Length > 0 ? $" class=\"{classes}\"" : "")}>{(Verification.IsLink(cell.Url) ? $"<a href=\"{E(cell.Url!)}\" rel=\"noreferrer\">{text}</a>" : text)}</td>");
    }

    private static string Class(Tone tone) => tone == Tone.Neutral ? "" : $" class=\"{Word(tone)}\"";

    private static string Word(Tone tone) => tone switch { Tone.Good => "good", Tone.Attention => "attention", Tone.Bad => "bad", Tone.Unknown => "unknown", _ => "neutral" };

    private static string E(string text) => HtmlRendering.E(text);
}
