using MLOpsGovernance.Reports.Layout.Drawing;
using MLOpsGovernance.Reports.Layout.Typesetting;

namespace MLOpsGovernance.Reports.Layout.Elements;

internal enum TextAlignment { Start, Left, Center, Right, Justify, End }

/// <summary>Text over as many lines, and pages, as it needs.</summary>
internal sealed class TextElement : Element
{
    private IReadOnlyList<Paragraph>? _paragraphs;
    private List<TextLine> _lines = [];
    private float _width = -1;
    private int _next;
    private Inherited? _inherited;

    public List<TextPart> Parts { get; } = [];

    public Func<TextStyle, TextStyle>? Style { get; set; }

    public TextAlignment Alignment { get; set; }

    public int? MostLines { get; set; }

    public string Ellipsis { get; set; } = "…";

    public float ParagraphSpacing { get; set; }

    public float Indent { get; set; }

    public override IEnumerable<Element> Children => Parts.Select(static p => p.Element).OfType<Element>();

    public override string Name
    {
        get
        {
            var text = string.Concat(Parts.Select(static p => p.Text)).ReplaceLineEndings(" ");
            return $"Text '{(text.Length > 40 ? text[..40] + "…" : text)}'";
        }
    }

    private bool Changes => Parts.Exists(static p => p.Said is not null);

    public override void Inherit(Inherited around)
    {
        var style = Style?.Invoke(around.Style) ?? around.Style;
        _inherited = around with { Style = style };
        Dictionary<TextStyle, TextStyle> resolved = new(ReferenceEqualityComparer.Instance);
        foreach (var part in Parts)
        {
            if (!resolved.TryGetValue(part.Style, out var whole)) resolved[part.Style] = whole = part.Style == TextStyle.Default ? style : part.Style.Over(style);
            part.Style = whole;
        }

        base.Inherit(around);
    }

    protected override SpacePlan Plan(Size space)
    {
        if (Parts.Count == 0) return SpacePlan.Empty;
        var lines = Laid(space.Width);
        if (_next >= lines.Count) return SpacePlan.Empty;
        var (width, height, end) = (0f, 0f, _next);
        for (; end < lines.Count; end++)
        {
            var next = height + lines[end].Height + Between(end);
            if (next > space.Height + Tolerance) break;
            (width, height) = (Math.Max(width, lines[end].Width), next);
        }

        if (width > space.Width + Tolerance) return SpacePlan.Wrap(this, $"a single letter of it is {width:0.#} points wide where {space.Width:0.#} are left");
        if (end == _next) return SpacePlan.Wrap(this, $"a line of it is {lines[end].Height:0.#} points high where {space.Height:0.#} are left");
        return end < lines.Count ? SpacePlan.Partial(width, height) : SpacePlan.Full(width, height);
    }

    protected override void Paint(Size space, PageContext page)
    {
        if (Parts.Count == 0) return;
        var lines = Laid(space.Width);
        var top = 0f;
        while (_next < lines.Count)
        {
            var line = lines[_next];
            var gap = Between(_next);
            if (top + gap + line.Height > space.Height + Tolerance) break;
            top += gap;
            if (page.Canvas is not null || line.Pieces.Any(static p => p.Part.Element is not null)) LinePainter.Draw(line, space.Width, top, Aligned(line), page);
            top += line.Height;
            _next++;
        }

        if (Changes) _paragraphs = null;
    }

    protected override void Restart(bool fromTheStart)
    {
        _next = 0;
        if (Changes) _paragraphs = null;
    }

    private float Between(int line) => line > _next && _lines[line].First ? ParagraphSpacing : 0;

    private TextAlignment Aligned(TextLine line) => (Alignment, line.RightToLeft) switch
    {
        (TextAlignment.Start, true) or (TextAlignment.End, false) => TextAlignment.Right,
        (TextAlignment.Start, false) or (TextAlignment.End, true) => TextAlignment.Left,
        (TextAlignment.Justify, true) when line.Last => TextAlignment.Right,
        (TextAlignment.Justify, false) when line.Last => TextAlignment.Left,
        _ => Alignment,
    };

    private List<TextLine> Laid(float width)
    {
        var (style, direction, context) = _inherited ?? throw new InvalidOperationException("Text is measured before it inherited its style.");
        var fresh = _paragraphs is null;
        _paragraphs ??= new Pieces(context).Of(Parts, style, direction);
        if (!fresh && _width.Equals(width)) return _lines;
        _width = width;
        _lines = new Lines(context.Shaper).Of(_paragraphs, width, Indent);
        if (MostLines is { } most && _lines.Count > most) _lines = Clamped(most, width, context);
        return _lines;
    }

    /// <summary>The last line that is shown ends in the sign that there is more.</summary>
    private List<TextLine> Clamped(int most, float width, RenderContext context)
    {
        var lines = _lines[..most];
        var line = lines[^1];
        var part = line.Pieces.Count > 0 ? line.Pieces[^1].Part : Parts[0];
        var sign = new Pieces(context).Of([new() { Text = Ellipsis, Style = part.Style }], part.Style, ContentDirection.LeftToRight)[0].Pieces;
        var kept = line.Pieces.ToList();
        while (kept.Count > 0 && kept.Sum(static p => p.Width) + sign.Sum(static p => p.Width) > width + Tolerance)
        {
            var last = kept[^1];
            kept.RemoveAt(kept.Count - 1);
            if (last.Shaped is not null && last.Text.Length > 1 && Breaks.Inside(last.Text, last.Text.Length - 1) is var cut and > 0 && cut < last.Text.Length)
                kept.Add(Piece.Of(last.Part, last.Look, last.Text[..cut], last.Face!, context.Shaper, last.Level, last.Space, last.BreakAfter));
        }

        lines[^1] = line with { Pieces = [.. kept, .. sign], Width = kept.Sum(static p => p.Width) + sign.Sum(static p => p.Width), Last = true };
        return lines;
    }
}
