using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Typesetting;

namespace MLOpsGovernance.Reports.Layout;

public delegate string PageNumberFormatter(int? pageNumber);

public enum TextInjectedElementAlignment { AboveBaseline = 0, BelowBaseline = 1, Top = 2, Bottom = 3, Middle = 4 }

public static class TextExtensions
{
    public static void Text(this IContainer element, Action<TextDescriptor> content) => content(new(element.Put(new TextElement())));

    public static TextBlockDescriptor Text(this IContainer container, string? text)
    {
        var block = container.Put(new TextElement());
        block.Parts.Add(new() { Text = text ?? "" });
        return new(block);
    }
}

public class TextSpanDescriptor
{
    private readonly TextPart _part;

    internal TextSpanDescriptor(TextPart part) => _part = part;

    internal void Restyle(Func<TextStyle, TextStyle> change) => _part.Style = change(_part.Style);
}

public sealed class TextPageNumberDescriptor : TextSpanDescriptor
{
    private readonly Action<PageNumberFormatter> _format;

    internal TextPageNumberDescriptor(TextPart part, Action<PageNumberFormatter> format) : base(part) => _format = format;

    public TextPageNumberDescriptor Format(PageNumberFormatter formatter)
    {
        _format(formatter);
        return this;
    }
}

public sealed class TextBlockDescriptor : TextSpanDescriptor
{
    private readonly TextElement _block;

    internal TextBlockDescriptor(TextElement block) : base(block.Parts[0]) => _block = block;

    public TextBlockDescriptor AlignLeft() => Aligned(TextAlignment.Left);

    public TextBlockDescriptor AlignCenter() => Aligned(TextAlignment.Center);

    public TextBlockDescriptor AlignRight() => Aligned(TextAlignment.Right);

    public TextBlockDescriptor Justify() => Aligned(TextAlignment.Justify);

    public TextBlockDescriptor AlignStart() => Aligned(TextAlignment.Start);

    public TextBlockDescriptor AlignEnd() => Aligned(TextAlignment.End);

    public TextBlockDescriptor ClampLines(int maxLines, string ellipsis = "…")
    {
        (_block.MostLines, _block.Ellipsis) = (Math.Max(1, maxLines), ellipsis);
        return this;
    }

    public TextBlockDescriptor ParagraphSpacing(float value, Unit unit = Unit.Point)
    {
        _block.ParagraphSpacing = value.ToSize(unit);
        return this;
    }

    public TextBlockDescriptor ParagraphFirstLineIndentation(float value, Unit unit = Unit.Point)
    {
        _block.Indent = value.ToSize(unit);
        return this;
    }

    private TextBlockDescriptor Aligned(TextAlignment alignment)
    {
        _block.Alignment = alignment;
        return this;
    }
}
