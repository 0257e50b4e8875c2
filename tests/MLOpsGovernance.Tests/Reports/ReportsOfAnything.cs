using System.Text;
using System.Text.RegularExpressions;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Contents;
using MLOpsGovernance.Reports.Rendering;
using Shouldly;
using Xunit;
using PdfDocument = UglyToad.PdfPig.PdfDocument;

namespace MLOpsGovernance.Tests.Reports;

public sealed partial class ReportsOfAnything
{
    public static TheoryData<string> Kinds => ["model-compliance", "portfolio", "audit-period", "maturity", "recall"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_said_as_nothing(string kind)
    {
        var report = HostileReports.Empty().Single(r => r.Kind == kind);
        using var pdf = PdfDocument.Open(ReportWriter.Write(report, ReportFormat.Pdf).Content);
        var text = string.Join(' ', pdf.Texts());
        text.ShouldMatch("None in this period|No |Nothing");
        Encoding.UTF8.GetString(ReportWriter.Write(report, ReportFormat.Html).Content).ShouldContain("class=\"empty\"");
        Read(report).ShouldBeOfType(report.GetType());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_in_are_rows_out_whatever_they_say(string kind)
    {
        var report = HostileReports.Of(40).Single(r => r.Kind == kind);
        var outline = ReportOutline.Of(report.Content());
        var grids = outline.Sections.Prepend(outline.Content.Summary).SelectMany(static s => s.Blocks).OfType<Grid>().ToList();
        var expected = grids.Sum(static g => Marks(g.Rows.SelectMany(static r => r.Select(static c => c.Text))));

        var pdf = ReportWriter.Write(report, ReportFormat.Pdf);
        pdf.Warnings.ShouldContain(static w => w.Contains("logo", StringComparison.Ordinal));
        using var read = PdfDocument.Open(pdf.Content);
        // A mark may be broken over two lines, so letters are counted without what separates them.
        var letters = string.Concat(read.GetPages().SelectMany(static p => p.Letters).Select(static l => l.Value)).Replace(" ", "", StringComparison.Ordinal);
        Mark().Count(letters).ShouldBeGreaterThanOrEqualTo(expected);

        var html = Encoding.UTF8.GetString(ReportWriter.Write(report, ReportFormat.Html).Content);
        Mark().Count(html).ShouldBeGreaterThanOrEqualTo(expected);
        html.ShouldNotContain("<script");
        html.ShouldNotContain("href=\"javascript");
        grids.Sum(static g => g.Rows.Count).ShouldBeLessThanOrEqualTo(RowCount().Count(html));
        Said(Read(report)).ShouldBe(Said(report), "the model comes back as it went");
    }

    [Fact]
    public void Five_thousand_rows_are_all_there()
    {
        using var read = PdfDocument.Open(ReportWriter.Write(OtherReports.Audit(5000), ReportFormat.Pdf).Content);
        var letters = string.Concat(read.GetPages().SelectMany(static p => p.Letters).Select(static l => l.Value));
        Sequence().Matches(letters).Select(static m => m.Value).Distinct().Count().ShouldBe(5000, "events are numbered from 180,000 to 184,999");
    }

    /// <summary>Half a pair of surrogates is no text, and comes back as the sign for that.</summary>
    private static string Said(Report report) => Encoding.UTF8.GetString(ReportJson.Write(report)).Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal);

    private static Report Read(Report report) => ReportJson.Read(ReportJson.Write(report));

    private static int Marks(IEnumerable<string> texts) => texts.Sum(static t => Mark().Count(t));

    [GeneratedRegex("r[0-9]+r", RegexOptions.None, 5000)]
    private static partial Regex Mark();

    [GeneratedRegex("18[0-4],[0-9]{3}", RegexOptions.None, 5000)]
    private static partial Regex Sequence();

    [GeneratedRegex("<tr><td", RegexOptions.None, 5000)]
    private static partial Regex RowCount();
}
