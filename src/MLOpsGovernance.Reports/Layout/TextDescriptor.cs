using System.Globalization;
using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Typesetting;

namespace MLOpsGovernance.Reports.Layout;

public sealed class TextDescriptor
{
    private readonly TextElement _block;

    internal TextDescriptor(TextElement block) => _block = block;

    public void DefaultTextStyle(TextStyle style) => _block.Style = style.Over;

    public void DefaultTextStyle(Func<TextStyle, TextStyle> style) => _block.Style = style;

    public void AlignLeft() => _block.Alignment = TextAlignment.Left;

    public void AlignCenter() => _block.Alignment = TextAlignment.Center;

    public void AlignRight() => _block.Alignment = TextAlignment.Right;

    public void Justify() => _block.Alignment = TextAlignment.Justify;

    public void AlignStart() => _block.Alignment = TextAlignment.Start;

    public void AlignEnd() => _block.Alignment = TextAlignment.End;

    public void ClampLines(int maxLines, string ellipsis = "…") => (_block.MostLines, _block.Ellipsis) = (Math.Max(1, maxLines), ellipsis);

    public void ParagraphSpacing(float value, Unit unit = Unit.Point) => _block.ParagraphSpacing = value.ToSize(unit);

    public void ParagraphFirstLineIndentation(float value, Unit unit = Unit.Point) => _block.Indent = value.ToSize(unit);

    public TextSpanDescriptor Span(string? text) => Add(new() { Text = text ?? "" });

    public TextSpanDescriptor Line(string? text) => Span(text + "\n");

    public TextSpanDescriptor EmptyLine() => Span("\n");

    public TextPageNumberDescriptor CurrentPageNumber() => Number(static c => c.Page);

    public TextPageNumberDescriptor TotalPages() => Number(static c => c.TotalPages);

    public TextPageNumberDescriptor BeginPageNumberOfSection(string sectionName) => Number(c => c.Section(sectionName)?.First);

    public TextPageNumberDescriptor EndPageNumberOfSection(string sectionName) => Number(c => c.Section(sectionName)?.Last);

    public TextPageNumberDescriptor PageNumberWithinSection(string sectionName) => Number(c => c.Page - c.Section(sectionName)?.First + 1);

    public TextPageNumberDescriptor TotalPagesWithinSection(string sectionName) => Number(c => c.Section(sectionName) is { } pages ? pages.Last - pages.First + 1 : null);

    public TextSpanDescriptor SectionLink(string? text, string sectionName) => Add(new() { Text = text ?? "", Section = sectionName });

    public TextSpanDescriptor Hyperlink(string? text, string url) => Add(new() { Text = text ?? "", Url = url });

    public IContainer Element(TextInjectedElementAlignment alignment = TextInjectedElementAlignment.AboveBaseline)
    {
        var part = new TextPart { Element = new(), Alignment = alignment };
        _block.Parts.Add(part);
        return part.Element;
    }

    public void Element(Action<IContainer> handler, TextInjectedElementAlignment alignment = TextInjectedElementAlignment.AboveBaseline) => handler(Element(alignment));

    private TextSpanDescriptor Add(TextPart part)
    {
        _block.Parts.Add(part);
        return new(part);
    }

    private TextPageNumberDescriptor Number(Func<RenderContext, int?> number)
    {
        PageNumberFormatter format = static n => n?.ToString(CultureInfo.InvariantCulture) ?? "–";
        var part = new TextPart { Said = c => format(number(c)) };
        _block.Parts.Add(part);
        return new(part, f => format = f);
    }
}
