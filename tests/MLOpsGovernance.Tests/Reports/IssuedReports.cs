using System.Text;
using System.Text.RegularExpressions;
using MLOpsGovernance.Reports;
using Shouldly;
using UglyToad.PdfPig;
using Xunit;

namespace MLOpsGovernance.Tests.Reports;

public sealed partial class IssuedReports
{
    private static readonly Report[] All = [Compliances.Motor(), Portfolios.Executive(), OtherReports.Audit(), OtherReports.Maturity(), OtherReports.Recall()];

    public static TheoryData<string> Kinds => [.. All.Select(static r => r.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_model_gives_the_same_bytes(string kind)
    {
        var report = Of(kind);
        var again = ReportJson.Read(ReportJson.Write(report));
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            var first = ReportWriter.Write(report, format);
            ReportWriter.Write(again, format).Sha256.ShouldBe(first.Sha256, format.ToString());
            var others = new string[4];
            Parallel.For(0, others.Length, i => others[i] = ReportWriter.Write(report, format).Sha256);
            others.ShouldAllBe(other => other == first.Sha256, "many at once disturb each other");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_moment_gives_other_bytes(string kind)
    {
        var report = Of(kind);
        var later = report with { Frame = report.Frame with { AsOf = report.Frame.AsOf.AddSeconds(1) } };
        ReportWriter.Write(later, ReportFormat.Pdf).Sha256.ShouldNotBe(ReportWriter.Write(report, ReportFormat.Pdf).Sha256);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_page_says_when_which_and_how_many(string kind)
    {
        var written = ReportWriter.Write(Of(kind), ReportFormat.Pdf);
        written.Warnings.ShouldBeEmpty();
        using var pdf = PdfDocument.Open(written.Content);
        pdf.NumberOfPages.ShouldBe(written.Pages!.Value);
        var texts = pdf.Texts();
        var from = kind is "portfolio" or "maturity" ? 0 : 1;
        for (var i = from; i < texts.Length; i++)
        {
            texts[i].ShouldContain($"Page {i + 1} of {texts.Length}");
            texts[i].ShouldContain("As of 2026-11-30 12:00:00 UTC");
            texts[i].ShouldContain("Confidential");
        }

        texts[0].ShouldContain("Northline Mutual");
        string.Concat(texts).ShouldContain("qN3jX1bM0hJt6rU1yq7G2pQk5tO9vJm3cR8sZ4wYb0E=");
        pdf.GetPages().SelectMany(static p => p.GetAnnotations()).Count().ShouldBeGreaterThan(4, "contents and code are links");
    }

    [Fact]
    public void The_first_page_for_executives_stands_alone()
    {
        using var pdf = PdfDocument.Open(ReportWriter.Write(Of("portfolio"), ReportFormat.Pdf).Content);
        var page = pdf.Texts()[0];
        foreach (var said in new[] { "Outside appetite", "Decisions asked of you", "Chief risk officer", "2026-12-07", "If nobody decides", "at most 10 %", "near the limit", "Change since the report of 2026-09-30" }) page.ShouldContain(said);
    }

    [Fact]
    public void Verdict_and_contradictions_are_on_page_one()
    {
        using var pdf = PdfDocument.Open(ReportWriter.Write(Of("maturity"), ReportFormat.Pdf).Content);
        var page = pdf.Texts()[0];
        foreach (var said in new[] { "Level 2", "Buy the platform", "D6.3", "6 of 11 models", "Next actions" }) page.ShouldContain(said);
    }

    /// <summary>What of ISO 19005-2 can be seen without a validator of all of it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_marked_as_PDF_A_and_keeps_what_that_asks(string kind)
    {
        var text = Encoding.Latin1.GetString(ReportWriter.Write(Of(kind), ReportFormat.Pdf).Content);
        text.ShouldStartWith("%PDF-1.");
        text.ShouldContain("pdfaid:part>2<");
        text.ShouldContain("pdfaid:conformance>B<");
        text.ShouldContain("/OutputIntents");
        text.ShouldContain("/GTS_PDFA1");
        text.ShouldContain("/N 3");
        text.ShouldMatch("/ID \\[<[0-9A-F]{32}> <[0-9A-F]{32}>\\]");
        text.ShouldNotContain("/Encrypt");
        text.ShouldNotContain("/JavaScript");
        text.ShouldNotContain("/EmbeddedFile");
        Font().Count(text).ShouldBe(File_().Count(text), "every font is in the file");
        Annotation().Count(text).ShouldBe(Printed().Count(text), "every link is printed and visible");
    }

    private static Report Of(string kind) => All.Single(r => r.Kind == kind);

    [GeneratedRegex("/Type /FontDescriptor", RegexOptions.None, 5000)]
    private static partial Regex Font();

    [GeneratedRegex("/FontFile[23]? ", RegexOptions.None, 5000)]
    private static partial Regex File_();

    [GeneratedRegex("/Subtype /Link", RegexOptions.None, 5000)]
    private static partial Regex Annotation();

    [GeneratedRegex("/F 4\\b", RegexOptions.None, 5000)]
    private static partial Regex Printed();
}
