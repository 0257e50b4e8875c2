using System.Security.Cryptography;
using MLOpsGovernance.Reports.Engines;
using MLOpsGovernance.Reports.Rendering;

namespace MLOpsGovernance.Reports;

/// <summary>A report model in, bytes out. The same model gives the same bytes on the same fonts; no clock, network or file but fonts is read. Any number may run at once.</summary>
public static class ReportWriter
{
    /// <exception cref="ReportException">The report cannot be made here: no font, or an element that fits on no page.</exception>
    public static RenderedReport Write(Report report, ReportFormat format)
    {
        List<string> warnings = [];
        return format switch
        {
            ReportFormat.Pdf => Pdf(report, warnings),
            ReportFormat.Html => Made(HtmlRendering.Of(ReportOutline.Of(report.Content()), warnings), "text/html; charset=utf-8", null, warnings),
            ReportFormat.Json => Made(ReportJson.Write(report), "application/json", null, warnings),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Reports are written as PDF, HTML or JSON."),
        };
    }

    /// <summary>Takes the fonts of this folder before those of the system. Said once, at the start of a process.</summary>
    public static void UseFonts(string? folder) => PdfEngine.UseFonts(folder);

    /// <summary>Null where PDF can be written here; otherwise what is missing, in a sentence for an operator.</summary>
    public static string? WhyNoPdf() => PdfEngine.WhyNot();

    private static RenderedReport Pdf(Report report, List<string> warnings)
    {
        var (pdf, pages) = PdfEngine.Write(new PdfReport(ReportOutline.Of(report.Content()), warnings), warnings);
        return Made(pdf, "application/pdf", pages, warnings);
    }

    private static RenderedReport Made(byte[] content, string type, int? pages, List<string> warnings) =>
        new(content, type, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}", pages, warnings);
}

/// <summary>Why a report could not be made; the message is for whoever asked for it.</summary>
public sealed class ReportException(string message, Exception? innerException = null) : Exception(message, innerException);
