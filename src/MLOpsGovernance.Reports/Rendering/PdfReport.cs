using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>A report as pages: cover, contents, the page that stands alone, sections.</summary>
internal sealed class PdfReport(ReportOutline outline, List<string> warnings) : IDocument
{
    private static readonly string[] Families = ["Liberation Sans", "DejaVu Sans", "Inter"];

    private readonly ReportContent _content = outline.Content;
    private readonly PdfCover _cover = new(outline, warnings);

    private ReportFrame Frame => _content.Frame;

    public DocumentMetadata GetMetadata() => new()
    {
        Title = Plain($"{_content.Kind}: {_content.Title}"),
        Author = Plain(Frame.Organisation.Name),
        Subject = Plain($"As of {Say.Exact(Frame.AsOf)}, report {Frame.ReportId}"),
        Keywords = Frame.Checkpoint is { } c ? Plain($"checkpoint {c.Origin} {c.TreeSize} {c.RootHash}") : null,
        Creator = "MLOpsGovernance",
        Producer = "MLOpsGovernance",
        Language = "en",
        CreationDate = Frame.AsOf,
        ModifiedDate = Frame.AsOf,
    };

    public DocumentSettings GetSettings() => new() { PDFA_Conformance = PDFA_Conformance.PDFA_2B, ImageRasterDpi = 144 };

    public void Compose(IDocumentContainer container)
    {
        if (!_content.StandsAlone) container.Page(page => { Sheet(page); _cover.Full(page.Content()); });
        container.Page(page =>
        {
            Sheet(page);
            page.Header().ShowIf(c => !_content.StandsAlone || c.PageNumber > 1).Element(Running);
            page.Footer().Element(Foot);
            page.Content().PaddingVertical(10).Column(column =>
            {
                column.Spacing(13);
                if (_content.StandsAlone) column.Item().Element(_cover.Masthead);
                else column.Item().Element(_cover.Contents);
                PdfBlocks.Compose(column, _content.Summary);
                column.Item().PageBreak();
                if (_content.StandsAlone) column.Item().Element(_cover.Contents);
                foreach (var section in outline.Sections) PdfBlocks.Compose(column, section);
            });
        });
    }

    private static void Sheet(PageDescriptor page)
    {
        page.Size(PageSizes.A4);
        page.MarginHorizontal(1.7f, Unit.Centimetre);
        page.MarginVertical(1.3f, Unit.Centimetre);
        page.DefaultTextStyle(static style => style.FontFamily(Families).FontSize(8.5f).FontColor(Look.Ink).LineHeight(1.35f).EnableFontFeature("tnum"));
    }

    private void Running(IContainer header) => header.BorderBottom(0.5f).BorderColor(Look.Rule).PaddingBottom(4).DefaultTextStyle(static s => s.FontSize(7.5f).FontColor(Look.Quiet)).Row(row =>
    {
        row.Spacing(12);
        row.RelativeItem(2).Text($"{_content.Kind}: {_content.Title}").ClampLines(1);
        row.RelativeItem().AlignRight().Text(Frame.Organisation.Name).ClampLines(1);
    });

    private void Foot(IContainer footer) => footer.BorderTop(0.5f).BorderColor(Look.Rule).PaddingTop(4).DefaultTextStyle(static s => s.FontSize(7).FontColor(Look.Quiet)).Row(row =>
    {
        row.Spacing(8);
        row.RelativeItem(2.4f).Text($"As of {Say.Exact(Frame.AsOf)} · {Frame.ReportId}").ClampLines(1);
        row.RelativeItem(0.8f).Text(Frame.Classification ?? "").SemiBold().FontColor(Look.Strong(Tone.Bad)).AlignCenter().ClampLines(1);
        row.RelativeItem(0.8f).AlignRight().Text(text =>
        {
            text.AlignRight();
            text.Span("Page ");
            text.CurrentPageNumber();
            text.Span(" of ");
            text.TotalPages();
        });
    });

    private static string Plain(string text) => string.Concat(text.Where(static c => !char.IsControl(c) && !char.IsSurrogate(c)));
}
