using MLOpsGovernance.Reports.Layout.Elements;
using MLOpsGovernance.Reports.Layout.Fonts;
using SkiaSharp;

namespace MLOpsGovernance.Reports.Layout.Drawing;

/// <param name="Missing">Code points that no font here can show; each is a visible replacement in the document.</param>
internal sealed record RenderedDocument(byte[] Pdf, int Pages, IReadOnlyCollection<int> Missing);

/// <summary>A document becomes bytes: the same document and fonts give the same bytes.</summary>
internal static class PdfWriter
{
    /// <summary>No report is longer; more pages than this is content that never ends.</summary>
    private const int MostPages = 20_000;

    public static RenderedDocument Write(IDocument document, FontLibrary fonts)
    {
        fonts.EnsureAny();
        var root = new DocumentRoot();
        document.Compose(root);
        var (metadata, settings) = (document.GetMetadata(), document.GetSettings());
        using var context = new RenderContext(fonts);
        foreach (var page in root.Pages) page.Inherit(new(TextStyle.Default, settings.ContentDirection, context));

        Pass(root, context, null);
        context.Counted();
        foreach (var page in root.Pages) page.Reset(fromTheStart: true);

        using var stream = new MemoryStream();
        using (var pdf = SKDocument.CreatePdf(stream, Describe(metadata, settings)))
        {
            Pass(root, context, pdf);
            pdf.Close();
        }

        var bytes = PdfA(settings) ? PdfIdentity.Fix(stream.ToArray()) : stream.ToArray();
        return new(bytes, context.Page - 1, context.Missing);
    }

    /// <summary>Draws one page of a document on any canvas: approved images of the layout are made so.</summary>
    public static void DrawFirstPage(IDocument document, FontLibrary fonts, SKCanvas canvas)
    {
        var root = new DocumentRoot();
        document.Compose(root);
        var page = root.Pages[0];
        using var context = new RenderContext(fonts);
        page.Inherit(new(TextStyle.Default, document.GetSettings().ContentDirection, context));
        if (page.Measure(page.PageSize()) is { Fit: Fit.Wrap } refused) throw new DocumentLayoutException(Blame.Of(page, 1, refused));
        page.Draw(page.PageSize(), new(context, canvas));
    }

    private static void Pass(DocumentRoot root, RenderContext context, SKDocument? pdf)
    {
        foreach (var page in root.Pages)
        {
            SpacePlan plan;
            do
            {
                var size = page.PageSize();
                plan = page.Measure(size);
                if (plan.Fit == Fit.Wrap) throw new DocumentLayoutException(Blame.Of(page, context.Page, plan));
                if (context.Page > MostPages) throw new DocumentLayoutException($"The document has more than {MostPages} pages and does not end.");
                var canvas = pdf?.BeginPage(size.Width, size.Height);
                page.Draw(size, new(context, canvas));
                pdf?.EndPage();
                context.Turn();
            }
            while (plan.Fit == Fit.Partial);
        }
    }

    private static bool PdfA(DocumentSettings settings) => settings.PdfA || settings.PDFA_Conformance != PDFA_Conformance.None;

    private static SKDocumentPdfMetadata Describe(DocumentMetadata metadata, DocumentSettings settings) => new(settings.ImageRasterDpi, Quality(settings.ImageCompressionQuality))
    {
        Title = metadata.Title,
        Author = metadata.Author,
        Subject = metadata.Subject,
        Keywords = metadata.Keywords,
        Creator = metadata.Creator,
        Producer = metadata.Producer ?? "MLOpsGovernance",
        Creation = metadata.CreationDate.UtcDateTime,
        Modified = metadata.ModifiedDate.UtcDateTime,
        PdfA = PdfA(settings),
    };

    private static int Quality(ImageCompressionQuality quality) => quality switch
    {
        ImageCompressionQuality.Best => 101,
        ImageCompressionQuality.VeryHigh => 90,
        ImageCompressionQuality.High => 75,
        ImageCompressionQuality.Medium => 50,
        ImageCompressionQuality.Low => 25,
        _ => 10,
    };
}
