using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Fonts;

namespace MLOpsGovernance.Reports.Layout.Typesetting;

/// <summary>A part of a text that looks the same: written words with a style, or an element among them.</summary>
internal sealed class TextPart
{
    public TextStyle Style { get; set; } = TextStyle.Default;

    public string Text { get; set; } = "";

    /// <summary>Says the text anew on each page: page numbers.</summary>
    public Func<RenderContext, string>? Said { get; init; }

    public string? Url { get; init; }

    public string? Section { get; init; }

    public ContainerElement? Element { get; init; }

    public TextInjectedElementAlignment Alignment { get; init; }
}

/// <summary>What is never broken but in need: letters of one font, style and direction, or one run of spaces, or an element.</summary>
internal sealed record Piece(TextPart Part, LookOf Look, string Text, FontFace? Face, Shaped? Shaped, byte Level, bool Space, bool BreakAfter, float Width, float Height = 0)
{
    public bool RightToLeft => Level % 2 == 1;

    public static Piece Of(TextPart part, LookOf look, string text, FontFace face, Shaper shaper, byte level, bool space, bool breakAfter)
    {
        var shaped = shaper.Shape(text, face, look.Features, level % 2 == 1);
        return new(part, look, text, face, shaped, level, space, breakAfter, (shaped.Width * look.Size) + (look.Letters * shaped.Glyphs.Length) + (space ? look.Words * text.Length : 0));
    }
}

/// <param name="Pieces">From left to right.</param>
/// <param name="Width">Without the spaces at its end.</param>
internal sealed record TextLine(IReadOnlyList<Piece> Pieces, float Width, float Ascent, float Descent, bool RightToLeft, bool First, bool Last, float Indent)
{
    public float Height => Ascent + Descent;
}
