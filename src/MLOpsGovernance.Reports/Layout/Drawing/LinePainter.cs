using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Typesetting;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <summary>Draws a line of text. Neighbours that look alike become one run, so that readers find whole words and the file stays small.</summary>
internal static class LinePainter
{
    public static void Draw(TextLine line, float width, float top, TextAlignment alignment, PageContext page)
    {
        var free = width - line.Width;
        var spaces = line.Pieces.Count(static p => p.Space);
        var stretch = alignment == TextAlignment.Justify && spaces > 0 && free > 0 ? free / spaces : 0;
        var x = alignment switch { TextAlignment.Center => free / 2, TextAlignment.Right => free, _ => 0 } + (line.RightToLeft ? 0 : line.Indent);
        var baseline = top + line.Ascent;
        for (var i = 0; i < line.Pieces.Count;)
        {
            var first = line.Pieces[i];
            if (first.Part.Element is { } element)
            {
                page.Move(x, baseline - Lines.Above(first));
                element.Draw(new(first.Width, first.Height), page);
                page.Move(-x, -(baseline - Lines.Above(first)));
                x += first.Width;
                i++;
                continue;
            }

            var end = i + 1;
            while (end < line.Pieces.Count && Alike(first, line.Pieces[end])) end++;
            var wide = 0f;
            for (var p = i; p < end; p++) wide += line.Pieces[p].Width + (line.Pieces[p].Space ? stretch : 0);
            Run(line.Pieces, i, end, x, baseline, wide, stretch, line, page);
            x += wide;
            i = end;
        }
    }

    private static bool Alike(Piece a, Piece b) => ReferenceEquals(a.Part, b.Part) && ReferenceEquals(a.Face, b.Face) && a.RightToLeft == b.RightToLeft && a.Shaped!.Plain && b.Shaped is { Plain: true };

    private static void Run(IReadOnlyList<Piece> pieces, int from, int until, float x, float baseline, float width, float stretch, TextLine line, PageContext page)
    {
        var (part, look) = (pieces[from].Part, pieces[from].Look);
        page.Link(new(x, baseline - line.Ascent, x + width, baseline + line.Descent), part.Url, part.Section);
        if (page.Canvas is not { } canvas) return;
        var paint = page.Context.Ink;
        if (look.Background.Alpha > 0)
        {
            paint.Color = look.Background.ToSkia();
            canvas.DrawRect(x, baseline - look.Ascent, width, look.Ascent + look.Descent, paint);
        }

        paint.Color = look.Color.ToSkia();
        var font = page.Context.FontOf(pieces[from].Face!, look.Size);
        using (var blob = pieces[from].Shaped!.Plain ? Plain(pieces, from, until, font, stretch, page.Context.Runs) : Exact(pieces[from], font, page.Context.Runs))
        {
            if (blob is not null) canvas.DrawText(blob, x, baseline - look.Raise, paint);
        }

        if (!look.Decorated) return;
        if (look.Style.LineColor is { } color) paint.Color = color.ToSkia();
        var thickness = Math.Max(0.4f, look.Nominal / 18) * (look.Style.LineThickness ?? 1);
        if (look.Style.Underlined == true) Across(baseline + Math.Max(look.First.Underline * look.Nominal, thickness));
        if (look.Style.Struck == true) Across(baseline - (look.First.Strikeout * look.Nominal));
        if (look.Style.Overlined == true) Across(baseline - (look.First.Ascent * look.Nominal) + thickness);

        void Across(float y) => canvas.DrawRect(x, y - (thickness / 2), width, thickness, paint);
    }

    private static SKTextBlob? Plain(IReadOnlyList<Piece> pieces, int from, int until, SKFont font, float stretch, SKTextBlobBuilder builder)
    {
        var count = 0;
        for (var p = from; p < until; p++) count += pieces[p].Shaped!.Glyphs.Length;
        if (count == 0) return null;
        var (glyphs, positions, at, x) = (new ushort[count], new float[count], 0, 0f);
        for (var p = from; p < until; p++)
        {
            var piece = pieces[p];
            var shaped = piece.Shaped!;
            for (var g = 0; g < shaped.Glyphs.Length; g++)
            {
                (glyphs[at], positions[at++]) = (shaped.Glyphs[g], x);
                x += (shaped.Advances[g] * piece.Look.Size) + piece.Look.Letters + (piece.Space ? piece.Look.Words : 0);
            }

            if (piece.Space) x += stretch;
        }

        builder.AddHorizontalRun(glyphs, font, positions, 0);
        return builder.Build();
    }

    /// <summary>Where glyphs do not say the text, the text goes with them.</summary>
    private static SKTextBlob? Exact(Piece piece, SKFont font, SKTextBlobBuilder builder)
    {
        var shaped = piece.Shaped!;
        if (shaped.Glyphs.Length == 0) return null;
        var buffer = builder.AllocatePositionedTextRun(font, shaped.Glyphs.Length, shaped.Text.Length);
        var (points, x) = (new SKPoint[shaped.Glyphs.Length], 0f);
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new(x + (shaped.Offsets[i].X * piece.Look.Size), shaped.Offsets[i].Y * piece.Look.Size);
            x += (shaped.Advances[i] * piece.Look.Size) + piece.Look.Letters;
        }

        buffer.SetGlyphs(shaped.Glyphs);
        buffer.SetPositions(points);
        buffer.SetText(shaped.Text);
        buffer.SetClusters(shaped.Clusters);
        return builder.Build();
    }
}
