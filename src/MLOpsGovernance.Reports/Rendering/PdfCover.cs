using System.Text;
using MLOpsGovernance.Reports.Contents;
using MLOpsGovernance.Reports.Engines;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>Cover or masthead, contents, and where the report comes from.</summary>
internal sealed class PdfCover(ReportOutline outline, List<string> warnings)
{
    private readonly string? _code = Verification.Code(outline.Content.Frame.VerificationUrl);
    private readonly byte[]? _logo = Readable(outline.Content.Frame.Organisation.Logo, warnings);

    private ReportContent Content => outline.Content;

    private ReportFrame Frame => outline.Content.Frame;

    public void Full(IContainer page) => page.Column(column =>
    {
        column.Item().Row(row =>
        {
            row.Spacing(12);
            if (_logo is not null) row.ConstantItem(120).Height(46).AlignLeft().AlignMiddle().Element(Logo);
            row.RelativeItem().AlignMiddle().Text(Frame.Organisation.Name).FontSize(12).SemiBold();
            if (Frame.Classification is not null) row.AutoItem().MaxWidth(190).AlignMiddle().Element(Marking);
        });
        column.Item().PaddingTop(150).Text(Content.Kind.ToUpperInvariant()).FontSize(10).SemiBold().LetterSpacing(0.08f).FontColor(Look.Accent);
        column.Item().PaddingTop(8).Text(Content.Title).FontSize(28).SemiBold().LineHeight(1.2f).ClampLines(6);
        if (!string.IsNullOrWhiteSpace(Content.Subtitle)) column.Item().PaddingTop(6).Text(Content.Subtitle).FontSize(12).FontColor(Look.Quiet).ClampLines(6);
        column.Item().PaddingTop(22).Width(64).LineHorizontal(3).LineColor(Look.Accent);
        column.Item().PaddingTop(22).Element(c => Facts(c, [.. Content.Cover, new("As of", Say.Exact(Frame.AsOf))], 10));
        column.Item().PaddingTop(60).Element(Origin);
    });

    public void Masthead(IContainer top) => top.BorderBottom(2).BorderColor(Look.Accent).PaddingBottom(8).Row(row =>
    {
        row.Spacing(12);
        row.RelativeItem().Column(column =>
        {
            column.Item().Row(name =>
            {
                name.Spacing(8);
                if (_logo is not null) name.ConstantItem(64).Height(24).AlignLeft().AlignMiddle().Element(Logo);
                name.RelativeItem().AlignMiddle().Text(Frame.Organisation.Name).FontSize(9).SemiBold().ClampLines(1);
            });
            column.Item().PaddingTop(6).Text(Content.Kind.ToUpperInvariant()).FontSize(7.5f).SemiBold().LetterSpacing(0.08f).FontColor(Look.Accent);
            column.Item().Text(Content.Title).FontSize(17).SemiBold().LineHeight(1.2f).ClampLines(2);
            column.Item().PaddingTop(2).Text($"{(string.IsNullOrWhiteSpace(Content.Subtitle) ? "" : Content.Subtitle + " · ")}as of {Say.Exact(Frame.AsOf)}{(Frame.IssuedBy is null ? "" : $" · issued by {Frame.IssuedBy}")}").FontSize(8).FontColor(Look.Quiet).ClampLines(2);
        });
        if (Frame.Classification is not null) row.AutoItem().MaxWidth(150).AlignTop().Element(Marking);
        if (_code is not null) row.ConstantItem(54).AlignTop().Hyperlink(Frame.VerificationUrl!).Svg(_code);
    });

    public void Contents(IContainer page) => page.Column(column =>
    {
        column.Item().PaddingBottom(8).Text("Contents").FontSize(15).SemiBold();
        foreach (var section in outline.Sections.Prepend(Content.Summary))
        {
            column.Item().SectionLink(section.Id).BorderBottom(0.5f).BorderColor(Look.Hair).PaddingVertical(4).Row(row =>
            {
                row.RelativeItem().Text(section.Title).FontSize(10);
                row.ConstantItem(40).Text(text =>
                {
                    text.AlignRight();
                    text.DefaultTextStyle(static s => s.FontSize(10));
                    text.BeginPageNumberOfSection(section.Id);
                });
            });
        }

        if (Content.StandsAlone) column.Item().PaddingTop(16).Element(Origin);
    });

    private void Origin(IContainer place) => place.ShowEntire().Background(Look.Pale).Padding(12).Row(row =>
    {
        row.Spacing(16);
        row.RelativeItem().Column(column =>
        {
            column.Item().PaddingBottom(4).Text("Where this report comes from").FontSize(10).SemiBold();
            column.Item().Element(c => Facts(c,
            [
                new("Report", Frame.ReportId), new("State of", Say.Exact(Frame.AsOf)), new("Issued by", Say.Text(Frame.IssuedBy)),
                .. Frame.Checkpoint is { } point
                    ? [new("Log", point.Origin), new("Checkpoint", $"{Say.Count(point.TreeSize)} events, root {point.RootHash}"), new("Signed", Say.Exact(point.SignedAt))]
                    : new Fact[] { new("Checkpoint", "none: the log had none yet", Tone.Unknown) },
            ], 7.5f));
            column.Item().PaddingTop(6).Text(_code is null
                ? "The checkpoint names the state of the audit log from which every number here was drawn. The file's own digest is recorded in that log."
                : "Scan the code, or follow it, to check that this is the issued file and that its numbers follow from the log. The checkpoint names the state of the log from which they were drawn.").FontSize(7.5f).FontColor(Look.Quiet);
        });
        if (_code is not null) row.ConstantItem(92).AlignTop().Hyperlink(Frame.VerificationUrl!).Svg(_code);
    });

    private void Marking(IContainer place) => place.Border(1).BorderColor(Look.Strong(Tone.Bad)).PaddingHorizontal(8).PaddingVertical(3).Text(Frame.Classification).FontSize(8.5f).SemiBold().FontColor(Look.Strong(Tone.Bad)).ClampLines(2);

    private void Logo(IContainer place)
    {
        if (_logo![0] == '<') place.Svg(Encoding.UTF8.GetString(_logo)).FitArea();
        else place.Image(_logo).FitArea();
    }

    private static void Facts(IContainer place, IReadOnlyList<Fact> facts, float size) => place.Table(table =>
    {
        table.ColumnsDefinition(columns =>
        {
            columns.RelativeColumn(1.1f);
            columns.RelativeColumn(3);
        });
        foreach (var fact in facts)
        {
            table.Cell().PaddingVertical(1.5f).Text(fact.Label).FontSize(size).FontColor(Look.Quiet);
            table.Cell().PaddingVertical(1.5f).Text(fact.Value).FontSize(size).FontColor(Look.Strong(fact.Tone)).ClampLines(6);
        }
    });

    private static byte[]? Readable(byte[]? logo, List<string> warnings)
    {
        if (logo is not { Length: > 0 }) return null;
        var start = Array.FindIndex(logo, static b => b is not (0xEF or 0xBB or 0xBF or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'));
        var cut = start > 0 && logo[start] == '<' ? logo[start..] : logo;
        if (PdfEngine.CanRead(cut, svg: cut[0] == '<')) return cut;
        warnings.Add("The organisation's logo could not be read and is left out: give PNG, JPEG, WebP or SVG.");
        return null;
    }
}
