using System.Globalization;
using System.Text;
using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Fonts;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

internal sealed record Paragraph(IReadOnlyList<Piece> Pieces, LookOf Look, bool RightToLeft);

/// <summary>Cuts text into paragraphs, and these into pieces.</summary>
internal sealed class Pieces(RenderContext context)
{
    /// <summary>Stands for an element in the text.</summary>
    private const char Inserted = '\uFFFC';

    public LookOf LookOf(TextStyle style) => context.LookOf(style);

    public List<Paragraph> Of(IReadOnlyList<TextPart> parts, TextStyle style, ContentDirection direction)
    {
        List<Paragraph> paragraphs = [];
        var (text, owners) = (new StringBuilder(), new List<TextPart>());
        TextPart? last = null;
        var open = true;
        foreach (var part in parts)
        {
            last = part;
            var lines = Clean(part).Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (i > 0)
                {
                    paragraphs.Add(Cut(text.ToString(), owners, part, direction));
                    text.Clear();
                    owners.Clear();
                }

                text.Append(lines[i]);
                for (var c = 0; c < lines[i].Length; c++) owners.Add(part);
                open = i == 0 || lines[i].Length > 0;
            }
        }

        // What ends with a line break has said its last line.
        if (open || text.Length > 0 || paragraphs.Count == 0) paragraphs.Add(Cut(text.ToString(), owners, last ?? new() { Style = style }, direction));
        return paragraphs;
    }

    private string Clean(TextPart part)
    {
        if (part.Element is not null) return Inserted.ToString();
        var said = part.Said?.Invoke(context) ?? part.Text;
        if (!said.AsSpan().ContainsAnyInRange('\u0000', '\u001F') && !said.AsSpan().ContainsAnyInRange('\u0080', '\uFFFF')) return said;
        var clean = new StringBuilder(said.Length);
        for (var i = 0; i < said.Length; i++)
        {
            var c = said[i];
            if (c is '\n' or '\u2028' or '\u2029' or '\u0085') clean.Append('\n');
            else if (c == '\t') clean.Append("    ");
            else if (char.IsHighSurrogate(c) && i + 1 < said.Length && char.IsLowSurrogate(said[i + 1])) clean.Append(c).Append(said[++i]);
            else if (char.IsSurrogate(c) || c == Inserted) clean.Append('\uFFFD');
            else if (!char.IsControl(c)) clean.Append(c);
        }

        return clean.ToString();
    }

    private Paragraph Cut(string text, List<TextPart> owners, TextPart fallback, ContentDirection direction)
    {
        List<Piece> pieces = [];
        var levels = Bidi.Levels(text, direction == ContentDirection.RightToLeft, out var rightToLeft);
        var start = 0;
        while (start < text.Length)
        {
            var (part, level) = (owners[start], levels?[start] ?? 0);
            var look = LookOf(part.Style);
            if (part.Element is not null)
            {
                var size = part.Element.Measure(Size.Max);
                pieces.Add(new(part, look, "", null, null, level, Space: false, BreakAfter: true, size.Width, size.Height));
                start++;
                continue;
            }

            start = Word(text, start, owners, levels, part, look, level, pieces);
        }

        return new(pieces, LookOf(owners.Count > 0 ? owners[0].Style : fallback.Style), rightToLeft);
    }

    private int Word(string text, int start, List<TextPart> owners, byte[]? levels, TextPart part, LookOf look, byte level, List<Piece> pieces)
    {
        var space = Breaks.IsSpace(text[start]);
        FontFace? face = null;
        var end = start;
        while (end < text.Length && ReferenceEquals(owners[end], part) && (levels?[end] ?? 0) == level && Breaks.IsSpace(text[end]) == space)
        {
            var length = char.IsHighSurrogate(text[end]) && end + 1 < text.Length ? 2 : 1;
            var codePoint = length == 2 ? char.ConvertToUtf32(text[end], text[end + 1]) : text[end];
            var found = Continues(codePoint, text, end, face) ? face : look.FaceOf(codePoint);
            if (found is null)
            {
                if (end > start) break;
                context.Miss(codePoint);
                pieces.Add(Replacement(part, look, level, Breaks.After(text, start + length - 1)));
                return start + length;
            }

            if (face is not null && !ReferenceEquals(face, found)) break;
            face = found;
            end += length;
            if (Breaks.After(text, end - 1)) break;
        }

        pieces.Add(Piece.Of(part, look, text[start..end], face!, context.Shaper, level, space, Breaks.After(text, end - 1)));
        return end;
    }

    /// <summary>Marks and joiners stay with the letter that they belong to.</summary>
    private static bool Continues(int codePoint, string text, int at, FontFace? face) =>
        face is not null && (Shaper.Invisible(codePoint) || (CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && face.Covers(codePoint)));

    private Piece Replacement(TextPart part, LookOf look, byte level, bool breakAfter)
    {
        foreach (var sign in (ReadOnlySpan<char>)['\uFFFD', '\u25A1', '?'])
        {
            if (look.FaceOf(sign) is { } face) return Piece.Of(part, look, sign.ToString(), face, context.Shaper, level, space: false, breakAfter);
        }

        return Piece.Of(part, look, "?", look.First, context.Shaper, level, space: false, breakAfter);
    }
}
