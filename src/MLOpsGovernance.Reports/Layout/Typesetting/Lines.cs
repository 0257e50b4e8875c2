using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

/// <summary>Fills lines of a given width, in reading order, and then puts each into visual order.</summary>
internal sealed class Lines(Shaper shaper)
{
    public List<TextLine> Of(IReadOnlyList<Paragraph> paragraphs, float width, float indent)
    {
        List<TextLine> lines = [];
        foreach (var paragraph in paragraphs) Fill(paragraph, width, indent, lines);
        return lines;
    }

    private void Fill(Paragraph paragraph, float width, float indent, List<TextLine> lines)
    {
        List<Piece> line = [];
        var (used, first, at) = (indent, true, 0);
        var pieces = paragraph.Pieces;
        while (at < pieces.Count)
        {
            var (end, wide) = Word(pieces, at);
            if (pieces[at].Space || used + wide <= width + Element.Tolerance)
            {
                for (; at < end; at++)
                {
                    line.Add(pieces[at]);
                    used += pieces[at].Width;
                }

                continue;
            }

            if (line.Exists(static p => !p.Space))
            {
                Close(false);
                continue;
            }

            // A word longer than a line, at the beginning of one.
            var (head, tail) = Split(pieces, at, end, width - used);
            line.AddRange(head);
            Close(false);
            pieces = [.. tail, .. pieces.Skip(end)];
            at = 0;
        }

        Close(true);

        void Close(bool last)
        {
            lines.Add(Finish(line, paragraph, first, last, first ? indent : 0));
            (line, used, first) = ([], 0, false);
            while (at < pieces.Count && pieces[at].Space && !last) at++;
        }
    }

    /// <summary>Up to where a line may end, and how wide that is.</summary>
    private static (int End, float Width) Word(IReadOnlyList<Piece> pieces, int at)
    {
        var width = 0f;
        for (var i = at; i < pieces.Count; i++)
        {
            if (pieces[i].Space && i > at) return (i, width);
            width += pieces[i].Width;
            if (pieces[i].BreakAfter || pieces[i].Space) return (i + 1, width);
        }

        return (pieces.Count, width);
    }

    private (List<Piece> Head, List<Piece> Tail) Split(IReadOnlyList<Piece> pieces, int at, int end, float width)
    {
        List<Piece> head = [], tail = [];
        for (; at < end && pieces[at].Width <= width + Element.Tolerance; at++)
        {
            head.Add(pieces[at]);
            width -= pieces[at].Width;
        }

        if (at < end && pieces[at] is { Shaped: not null } piece)
        {
            var fits = Math.Max(head.Count == 0 ? 1 : 0, Fitting(piece, width));
            var cut = fits == 0 ? 0 : Math.Max(head.Count == 0 ? 1 : 0, Breaks.Inside(piece.Text, fits));
            if (cut >= piece.Text.Length)
            {
                head.Add(piece);
                at++;
            }
            else if (cut > 0)
            {
                head.Add(Piece.Of(piece.Part, piece.Look, piece.Text[..cut], piece.Face!, shaper, piece.Level, piece.Space, breakAfter: true));
                tail.Add(Piece.Of(piece.Part, piece.Look, piece.Text[cut..], piece.Face!, shaper, piece.Level, piece.Space, piece.BreakAfter));
                at++;
            }
        }
        else if (at < end && head.Count == 0) head.Add(pieces[at++]);

        for (; at < end; at++) tail.Add(pieces[at]);
        return (head, tail);
    }

    /// <summary>How many characters of a piece fit into a width, as if each kept the form that it has in the whole.</summary>
    private static int Fitting(Piece piece, float width)
    {
        var shaped = piece.Shaped!;
        var advances = piece.RightToLeft ? shaped.Advances.Reverse() : shaped.Advances;
        var fits = 0;
        foreach (var advance in advances)
        {
            width -= (advance * piece.Look.Size) + piece.Look.Letters;
            if (width < -Element.Tolerance) break;
            fits++;
        }

        return shaped.Plain ? fits : (int)((long)fits * piece.Text.Length / Math.Max(1, shaped.Glyphs.Length));
    }

    private static TextLine Finish(List<Piece> line, Paragraph paragraph, bool first, bool last, float indent)
    {
        var (ascent, descent) = line.Count == 0 ? (paragraph.Look.Ascent, paragraph.Look.Descent) : (0f, 0f);
        foreach (var piece in line)
        {
            ascent = Math.Max(ascent, piece.Part.Element is null ? piece.Look.Ascent : Above(piece));
            descent = Math.Max(descent, piece.Part.Element is null ? piece.Look.Descent : piece.Height - Above(piece));
        }

        var count = line.Count;
        while (count > 0 && line[count - 1].Space) count--;
        var kept = line.Take(count).ToList();
        return new(Bidi.Visual(kept, static p => p.Level), kept.Sum(static p => p.Width) + indent, ascent, descent, paragraph.RightToLeft, first, last, indent);
    }

    public static float Above(Piece piece) => piece.Part.Alignment switch
    {
        TextInjectedElementAlignment.BelowBaseline => 0,
        TextInjectedElementAlignment.Top => piece.Look.Ascent,
        TextInjectedElementAlignment.Bottom => piece.Height - piece.Look.Descent,
        TextInjectedElementAlignment.Middle => (piece.Height + piece.Look.Ascent - piece.Look.Descent) / 2,
        _ => piece.Height,
    };
}
