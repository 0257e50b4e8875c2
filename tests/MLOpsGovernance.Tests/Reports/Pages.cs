using MLOpsGovernance.Reports.Layout;
using MLOpsGovernance.Reports.Layout.Drawing;
using MLOpsGovernance.Reports.Layout.Fonts;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>Renders small documents with one font family, so that what else is installed changes nothing, and reads them back.</summary>
internal static class Pages
{
    public static FontLibrary DejaVu { get; } = new("/usr/share/fonts/truetype/dejavu");

    /// <summary>All that is installed.</summary>
    public static FontLibrary System { get; } = new(FontLibrary.SystemFolders);

    public static Document Of(Action<IContainer> content, float width = 200, float height = 200, float margin = 10) => Document.Create(document => document.Page(page =>
    {
        page.Size(width, height);
        page.Margin(margin);
        page.DefaultTextStyle(static s => s.FontFamily("DejaVu Sans").FontSize(10));
        page.Content().Element(content);
    }));

    public static RenderedDocument Rendered(this IDocument document, FontLibrary? fonts = null) => PdfWriter.Write(document, fonts ?? DejaVu);

    public static PdfDocument Read(this IDocument document, FontLibrary? fonts = null) => PdfDocument.Open(document.Rendered(fonts).Pdf);

    /// <summary>The words of each page, joined by spaces.</summary>
    public static string[] Texts(this PdfDocument pdf) => [.. pdf.GetPages().Select(static p => string.Join(' ', p.GetWords().Select(static w => w.Text)))];

    public static Word Word(this Page page, string text) => page.GetWords().First(w => w.Text == text);

    /// <summary>Distance of a word's upper edge from the top of its page.</summary>
    public static double Top(this Page page, string text) => page.Height - page.Word(text).BoundingBox.Top;

    public static double Left(this Page page, string text) => page.Word(text).BoundingBox.Left;

    public static double Right(this Page page, string text) => page.Word(text).BoundingBox.Right;
}
