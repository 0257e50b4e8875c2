using MLOpsGovernance.Domain.Reports;
using MLOpsGovernance.Reports;

namespace MLOpsGovernance.Server.Reports;

/// <summary>Fills the models of reports from what is on record. Nothing is worked out here that another part of the service has worked out already.</summary>
internal sealed class ReportDrawing(ModelComplianceDrawing model, PortfolioDrawing portfolio, AuditPeriodDrawing audit, RecallDrawing recall)
{
    /// <exception cref="SubjectGoneException">There was no such thing at that time.</exception>
    public async Task<Report> OfAsync(ReportView asked, ReportFrame frame, CancellationToken cancellationToken) => asked.Kind switch
    {
        ReportIssued.ModelCompliance => await model.OfAsync(asked.Subject!, frame, cancellationToken),
        ReportIssued.Portfolio => await portfolio.OfAsync(frame, new(asked.From!.Value, asked.To!.Value), cancellationToken),
        ReportIssued.AuditPeriod => await audit.OfAsync(frame, new(asked.From!.Value, asked.To!.Value), cancellationToken),
        ReportIssued.Recall => await recall.OfAsync(asked.Subject!, frame, cancellationToken),
        _ => throw new SubjectGoneException($"'{asked.Kind}' is no kind of report that can be drawn."),
    };
}
