using System.Globalization;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Reports;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Reports;

internal sealed class ReportHandlers(ReportTable table, ReportRunner runner, Grains grains, Caller caller, TimeProvider time) :
    IRequestHandler<RequestReport, Result<ReportView>>, IRequestHandler<ReadReport, Result<ReportView>>, IRequestHandler<ListReports, Result<Listed<ReportView>>>, IRequestHandler<ReadReportContent, Result<ReportContentView>>
{
    private static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    private static readonly Refusal Unknown = new("report-unknown", "There is no report with this id.", RefusalKind.NotFound);

    public async Task<Result<ReportView>> Handle(RequestReport request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if ((request.AsOf ?? request.To) > now) return new Refusal("as-of-in-future", "A report shows what was: asOf and to are not in the future.", RefusalKind.Unprocessable);
        if (request.Kind == ReportIssued.Portfolio && request.AsOf is { } past && past < now.AddMinutes(-5))
            return new Refusal("as-of-not-kept", "The portfolio is drawn from the registers of now: leave asOf out. An earlier one is found among the reports that were issued.", RefusalKind.Unprocessable);
        if (request.Kind == ReportIssued.ModelCompliance && !(await grains.Of<IModelGrain>(request.Subject!).Read()).State.Exists) return ModelViews.UnknownModel;

        var asOf = request.AsOf ?? request.To ?? now;
        var period = request.Kind is ReportIssued.Portfolio or ReportIssued.AuditPeriod;
        DateTimeOffset? to = period ? request.To ?? asOf : null;
        var from = period ? request.From ?? to - Quarter : null;
        var asked = new ReportView(
            IdOf(request), request.Kind, request.Subject, ReportTable.Waiting, "waiting for its turn", asOf, from, to, caller.Actor.Subject, now, null, null, new Dictionary<string, string>(StringComparer.Ordinal), [], null);
        if (await table.AddAsync(asked, cancellationToken)) runner.Wake();
        var found = (await table.FindAsync(asked.Id, cancellationToken))!;
        if ((found.Kind, found.Subject) != (asked.Kind, asked.Subject)) return new Refusal("idempotency-key-reused", "This idempotency key was used for another report; take a fresh one.", RefusalKind.Unprocessable);
        return new Result<ReportView>(found) with { Accepted = $"/api/v1/reports/{asked.Id}" };
    }

    public async Task<Result<ReportView>> Handle(ReadReport request, CancellationToken cancellationToken) => await table.FindAsync(request.Id, cancellationToken) is { } found ? found : Unknown;

    public async Task<Result<Listed<ReportView>>> Handle(ListReports request, CancellationToken cancellationToken) => await table.ListAsync(request.Page, request.Kind, request.Subject, cancellationToken);

    public async Task<Result<ReportContentView>> Handle(ReadReportContent request, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(request.Id, cancellationToken) is not { } report) return Unknown;
        if (report.State != ReportTable.Issued)
        {
            return report.Why is { } why
                ? new Refusal("report-failed", $"The report could not be made: {why}", RefusalKind.Conflict)
                : new Refusal("report-not-ready", $"The report is not ready: {report.Progress}. Ask again in a moment.", RefusalKind.Conflict);
        }

        return await table.ContentAsync(request.Id, request.Format, cancellationToken) is var (type, bytes)
            ? new ReportContentView(bytes, type, FileName(report, request.Format))
            : new Refusal("format-not-made", $"This report was not made as {request.Format}{(request.Format == "pdf" ? ", because no font was found where it was made" : "")}.", RefusalKind.NotFound);
    }

    /// <summary>The same words give the same report, whoever says them: without a moment of their own they are about now, and no two are the same.</summary>
    private string IdOf(RequestReport r) => caller.IdempotencyKey is not null || r.AsOf is null ? caller.NewId("report")
        : Ids.Version5(string.Create(CultureInfo.InvariantCulture, $"report {r.Kind} {r.Subject} {r.AsOf:O} {r.From:O} {r.To:O}")).ToString();

    private static string FileName(ReportView report, string format)
    {
        var about = report.Subject is { } subject ? $"{report.Kind}-{subject}" : report.Kind;
        return $"{about}-{report.AsOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{(format == "signature" ? "dsse.json" : format)}";
    }
}
