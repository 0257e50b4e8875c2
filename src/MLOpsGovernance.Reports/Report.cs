using System.Text.Json.Serialization;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports;

/// <summary>The model of a report: all that it says, and nothing about how it looks. Equal models give equal bytes.</summary>
public abstract record Report
{
    /// <summary>model-compliance, portfolio, audit-period, maturity or recall.</summary>
    [JsonPropertyOrder(-2)]
    public abstract string Kind { get; }

    [JsonPropertyOrder(-1)]
    public required ReportFrame Frame { get; init; }

    internal abstract ReportContent Content();
}

public enum ReportFormat
{
    /// <summary>For people and files; PDF/A-2b.</summary>
    Pdf,

    /// <summary>The accessible form, of the same content.</summary>
    Html,

    /// <summary>The model itself.</summary>
    Json,
}

/// <param name="Sha256">Of the content, as <c>sha256:</c> and lower-case hexadecimal digits.</param>
/// <param name="Pages">Of a PDF; otherwise null.</param>
/// <param name="Warnings">What a reader should know about the rendering: characters without a font, a logo that could not be read.</param>
public sealed record RenderedReport(byte[] Content, string ContentType, string Sha256, int? Pages, IReadOnlyList<string> Warnings);
