using MediatR;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Reports;

internal static class ReportEndpoints
{
    /// <param name="Kind">model-compliance, portfolio, audit-period or recall.</param>
    /// <param name="Subject">The model's name, or the id of the recall.</param>
    /// <param name="AsOf">The moment whose state it shows; now by default.</param>
    /// <param name="From">Begin of the period, for portfolio and audit-period; 90 days before its end by default.</param>
    /// <param name="To">End of the period, not included; asOf by default.</param>
    internal sealed record ReportBody(string Kind, string? Subject = null, DateTimeOffset? AsOf = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

    public static void AddReports(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(ReportSettings.Of(builder.Configuration)).AddSingleton<ReportTable>().AddSingleton<PastStates>().AddSingleton<ReportRunner>().AddHostedService(services => services.GetRequiredService<ReportRunner>())
        .AddScoped<ReportDrawing>().AddScoped<ModelComplianceDrawing>().AddScoped<AuditPeriodDrawing>().AddScoped<PortfolioDrawing>().AddScoped<RecallDrawing>();

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapPost("", async (Body<ReportBody> body, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new RequestReport(body.Value.Kind, body.Value.Subject, body.Value.AsOf, body.Value.From, body.Value.To), cancellationToken)).ToHttp()).Answers<ReportView>(202).WithSummary("Have a report made");
        reports.MapGet("", async (string? kind, string? subject, [AsParameters] Page page, IMediator mediator, CancellationToken cancellationToken) =>
            (await mediator.Send(new ListReports(page, kind, subject), cancellationToken)).ToHttp()).Answers<Listed<ReportView>>().WithSummary("Reports, the latest first");
        reports.MapGet("/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) => (await mediator.Send(new ReadReport(id), cancellationToken)).ToHttp())
            .Answers<ReportView>().WithSummary("A report: how far it has come, and the digests of its forms");
        reports.MapGet("/{id}/content", async (string id, string? format, IMediator mediator, CancellationToken cancellationToken) =>
                await mediator.Send(new ReadReportContent(id, format ?? "pdf"), cancellationToken) is var answer && answer.Value is { } content
                    ? Results.File(content.Bytes, content.ContentType, content.FileName)
                    : answer.ToHttp())
            .Answers<string>(200, 404, 409).WithSummary("The report itself: format=pdf (default), html, json or signature");
    }
}
