using MLOpsGovernance.Reports.Layout.Drawing;
using MLOpsGovernance.Reports.Layout.Elements;

namespace MLOpsGovernance.Reports.Layout;

public static class PageExtensions
{
    public static IDocumentContainer Page(this IDocumentContainer document, Action<PageDescriptor> handler)
    {
        var page = new PageElement();
        handler(new(page));
        ((DocumentRoot)document).Pages.Add(page);
        return document;
    }
}

public static class GenerateExtensions
{
    public static byte[] GeneratePdf(this IDocument document) => PdfWriter.Write(document, FontManager.Library).Pdf;

    public static void GeneratePdf(this IDocument document, string filePath) => File.WriteAllBytes(filePath, document.GeneratePdf());

    public static void GeneratePdf(this IDocument document, Stream stream) => stream.Write(document.GeneratePdf());
}

public sealed class PageDescriptor
{
    private readonly PageElement _page;

    internal PageDescriptor(PageElement page) => _page = page;

    public void Size(float width, float height, Unit unit = Unit.Point) => Size(new(width, height, unit));

    public void Size(PageSize pageSize)
    {
        MinSize(pageSize);
        MaxSize(pageSize);
    }

    /// <summary>As high as its content.</summary>
    public void ContinuousSize(float width, Unit unit = Unit.Point)
    {
        MinSize(new(width.ToSize(unit), 0));
        MaxSize(new(width.ToSize(unit), Layout.Size.Infinity));
    }

    public void MinSize(PageSize pageSize) => _page.MinSize = pageSize;

    public void MaxSize(PageSize pageSize) => _page.MaxSize = pageSize;

    public void MarginLeft(float value, Unit unit = Unit.Point) => _page.Left = value.ToPoints(unit);

    public void MarginRight(float value, Unit unit = Unit.Point) => _page.Right = value.ToPoints(unit);

    public void MarginTop(float value, Unit unit = Unit.Point) => _page.Top = value.ToPoints(unit);

    public void MarginBottom(float value, Unit unit = Unit.Point) => _page.Bottom = value.ToPoints(unit);

    public void MarginVertical(float value, Unit unit = Unit.Point) => (_page.Top, _page.Bottom) = (value.ToPoints(unit), value.ToPoints(unit));

    public void MarginHorizontal(float value, Unit unit = Unit.Point) => (_page.Left, _page.Right) = (value.ToPoints(unit), value.ToPoints(unit));

    public void Margin(float value, Unit unit = Unit.Point)
    {
        MarginVertical(value, unit);
        MarginHorizontal(value, unit);
    }

    public void DefaultTextStyle(TextStyle textStyle) => _page.Style = textStyle.Over;

    public void DefaultTextStyle(Func<TextStyle, TextStyle> handler) => _page.Style = handler;

    public void ContentFromLeftToRight() => _page.Direction = ContentDirection.LeftToRight;

    public void ContentFromRightToLeft() => _page.Direction = ContentDirection.RightToLeft;

    public void PageColor(Color color) => _page.Background = color;

    public IContainer Background() => _page.Under = Slot(_page.Under, "background");

    public IContainer Foreground() => _page.Over = Slot(_page.Over, "foreground");

    public IContainer Header() => _page.Header = Slot(_page.Header, "header");

    public IContainer Content() => _page.Content = Slot(_page.Content, "content");

    public IContainer Footer() => _page.Footer = Slot(_page.Footer, "footer");

    private static ContainerElement Slot(ContainerElement? filled, string name) => filled is null ? new() : throw new DocumentComposeException($"The page has its {name} already.");
}
