namespace MLOpsGovernance.Domain.Reports;

/// <summary>A report left the service. Whoever holds a file finds by its digest whether it is this one, and which state of the log it shows.</summary>
/// <param name="Kind">model-compliance, portfolio, audit-period, maturity or recall.</param>
/// <param name="Subject">The model, recall or assessment that it is about; null where it is about all.</param>
/// <param name="AsOf">The moment whose state it shows.</param>
/// <param name="Pdf">SHA-256 of the PDF; null where none could be made. Likewise <paramref name="Html"/>, and <paramref name="Model"/> of the numbers themselves as JSON.</param>
/// <param name="LogSize">Of the signed checkpoint that it was drawn from; null where there was none yet.</param>
/// <param name="LogRoot">In base64.</param>
public sealed record ReportIssued(
    string Kind, string? Subject, DateTimeOffset AsOf, DateTimeOffset? From, DateTimeOffset? To, string? Pdf, string Html, string Model, long? LogSize, string? LogRoot, string By, DateTimeOffset At)
{
    public const string ModelCompliance = "model-compliance", Portfolio = "portfolio", AuditPeriod = "audit-period", Recall = "recall";
}
