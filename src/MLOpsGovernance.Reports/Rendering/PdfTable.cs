using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>A table over as many pages as it needs, with its heads on each.</summary>
internal static class PdfTable
{
    /// <summary>Of A4 between its margins.</summary>
    private const float PageWidth = 498.6f;

    /// <summary>Rows that are looked at, and how long a word may be to be kept whole.</summary>
    private const int Looked = 60, LongWord = 13, LongHead = 20;

    /// <summary>A head repeats on every page, so it is cut where it would fill one.</summary>
    private const int MostHeadLines = 12;

    /// <summary>So many columns always stay beside each other.</summary>
    private const int MostBeside = 11;

    public static void Compose(IContainer place, Grid grid, float size = 7.5f) => place.Column(column =>
    {
        if (grid.Title.Length > 0) column.Item().PaddingBottom(3).Text(grid.Rows.Count > 20 ? $"{grid.Title} ({Say.Count(grid.Rows.Count)})" : grid.Title).FontSize(9).SemiBold();
        if (grid.Rows.Count == 0)
        {
            column.Item().Text(grid.Empty).FontColor(Look.Quiet);
            return;
        }

        foreach (var part in Parts(grid, size)) column.Item().PaddingBottom(ReferenceEquals(part, grid) ? 0 : 8).Element(c => Rows(c, part, size));
    });

    private static void Rows(IContainer place, Grid grid, float size) => place.Table(table =>
    {
        table.ColumnsDefinition(columns =>
        {
            foreach (var width in Widths(grid, size)) columns.RelativeColumn(width);
        });
        table.Header(header =>
        {
            foreach (var c in grid.Columns)
            {
                var text = header.Cell().AsSemanticHorizontalHeader().Background(Look.Pale).BorderBottom(0.75f).BorderColor(Look.Rule).PaddingVertical(3).PaddingHorizontal(4).AlignBottom().Text(c.Head).FontSize(size - 0.3f).SemiBold().FontColor(Look.Quiet).LineHeight(1.2f).ClampLines(MostHeadLines);
                if (c.Align == Align.Right) text.AlignRight();
            }
        });
        foreach (var row in grid.Rows)
        {
            for (var i = 0; i < grid.Columns.Count; i++) Fill(table.Cell(), i < row.Count ? row[i] : new(Say.Nothing), grid.Columns[i].Align, size);
        }
    });

    /// <summary>More columns than the page is wide become several tables, each with the first column again.</summary>
    private static IEnumerable<Grid> Parts(Grid grid, float size)
    {
        float[] least = [.. grid.Columns.Select((c, i) => c.Points ?? Least(grid, c, i, size))];
        if (least.Sum() <= PageWidth || grid.Columns.Count < MostBeside)
        {
            yield return grid;
            yield break;
        }

        for (var at = 1; at < grid.Columns.Count;)
        {
            var (from, used) = (at, least[0]);
            while (at < grid.Columns.Count && (at == from || used + least[at] <= PageWidth)) used += least[at++];
            int[] chosen = [0, .. Enumerable.Range(from, at - from)];
            yield return grid with { Columns = [.. chosen.Select(i => grid.Columns[i])], Rows = [.. grid.Rows.Select(r => (IReadOnlyList<Cell>)[.. chosen.Select(i => i < r.Count ? r[i] : new(Say.Nothing))])] };
        }
    }

    /// <summary>
    /// Widths in points. A column is at least as wide as its head's longest word and its cells' shorter words, so that no word is broken letter by letter; what that takes, the
    /// others give.
    /// </summary>
    internal static float[] Widths(Grid grid, float size)
    {
        float[] least = [.. grid.Columns.Select((c, i) => c.Points ?? Least(grid, c, i, size))];
        var rest = PageWidth - least.Sum();
        if (rest <= 0) return least;
        var widths = grid.Columns.Select(c => c.Points ?? 0).ToArray();
        var open = Enumerable.Range(0, widths.Length).Where(i => grid.Columns[i].Points is null).ToList();
        rest = PageWidth - widths.Sum();
        while (open.Count > 0)
        {
            var (share, weights) = (rest, open.Sum(i => grid.Columns[i].Weight));
            var narrow = open.Where(i => share * grid.Columns[i].Weight / weights < least[i]).ToList();
            foreach (var i in narrow.Count > 0 ? narrow : open)
            {
                widths[i] = narrow.Count > 0 ? least[i] : share * grid.Columns[i].Weight / weights;
                rest -= widths[i];
            }

            open = narrow.Count > 0 ? [.. open.Except(narrow)] : [];
        }

        return widths;
    }

    private static float Least(Grid grid, Column column, int at, float size)
    {
        var head = Longest(column.Head, size * 1.02f, LongHead);
        var cells = grid.Rows.Take(Looked).Select(r => at < r.Count ? Longest(r[at].Text, size, LongWord) : 0).DefaultIfEmpty(0).Max();
        return Math.Max(head, cells) + 11;
    }

    private static float Longest(string text, float size, int letters) =>
        text.Length > 400 ? 0 : text.Split([' ', '-', '/'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length <= letters).Select(w => Letters.Width(w + "-", size)).DefaultIfEmpty(0).Max();

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
