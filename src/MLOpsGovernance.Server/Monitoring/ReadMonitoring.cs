using FluentValidation;
using Marten;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Monitoring;

/// <summary>What was reported of a version, those of the latest observation first: drift and figures over time.</summary>
[AnyRole]
internal sealed record ListMonitoring(string Model, int Version, string? Environment, Page Page) : IQuery<Listed<MonitoringListing>>, IPaged;

[AnyRole]
internal sealed record ReadMonitoring(string Model, int Version, string Id) : IQuery<MonitoringReportDetail>;

internal sealed class ListMonitoringRules : AbstractValidator<ListMonitoring>
{
    public ListMonitoringRules() => RuleFor(q => q.Environment).IsName().When(q => q.Environment is not null);
}

internal sealed record MonitoringListing(
    string Id, string? Environment, DateTimeOffset? ObservedFrom, DateTimeOffset ObservedAt, string? Source, string Verdict, IReadOnlyList<string> Drifted, IReadOnlyList<MetricView> Metrics, IReadOnlyList<string> Watched,
    string By, DateTimeOffset At)
{
    public static MonitoringListing Of(MonitoringReported r) => new(
        r.Id, r.Environment, r.From, r.ObservedAt, r.Source, r.Verdict, [.. r.Features.Where(f => f.Drifted).Select(f => f.Name)], [.. r.Metrics.Select(MetricView.Of)], r.Watched, r.By, r.At);
}

/// <param name="Features">Every statistic; left out where the store no longer has them as they were.</param>
/// <param name="Baseline">The histograms that they were compared with.</param>
internal sealed record MonitoringReportDetail(MonitoringListing Report, IReadOnlyList<FeatureDriftView>? Features, MonitoringBaseline? Baseline);

internal sealed class MonitoringReader(Registers registers, IDocumentStore store, Grains grains, ContentStore content) :
    IRequestHandler<ListMonitoring, Result<Listed<MonitoringListing>>>, IRequestHandler<ReadMonitoring, Result<MonitoringReportDetail>>
{
    public async Task<Result<Listed<MonitoringListing>>> Handle(ListMonitoring request, CancellationToken cancellationToken)
    {
        if (await UnknownAsync(request.Model, request.Version) is { } unknown) return unknown;
        var rows = await registers.ListAsync<MonitoringRow>(
            request.Page,
            all =>
            {
                all = all.Where(r => r.Model == request.Model && r.Version == request.Version);
                return request.Environment is { } environment ? all.Where(r => r.Report.Environment == environment) : all;
            },
            r => r.Id, cancellationToken);
        return rows.Value is { } list ? new Listed<MonitoringListing>([.. list.Items.Select(r => MonitoringListing.Of(r.Report))], list.NextCursor, list.Behind) : rows.Refusal!;
    }

    public async Task<Result<MonitoringReportDetail>> Handle(ReadMonitoring request, CancellationToken cancellationToken)
    {
        if (await UnknownAsync(request.Model, request.Version) is { } unknown) return unknown;
        if (!Guid.TryParseExact(request.Id, "D", out _)) return Unknown;
        await registers.CatchUpAsync(cancellationToken);
        await using var session = store.QuerySession();
        var row = await session.Query<MonitoringRow>().Where(r => r.Model == request.Model && r.Version == request.Version && r.Report.Id == request.Id).FirstOrDefaultAsync(cancellationToken);
        return row is null ? Unknown : new MonitoringReportDetail(
            MonitoringListing.Of(row.Report), await content.ReadAsync<IReadOnlyList<FeatureDriftView>>(row.Report.Results, cancellationToken), await content.ReadAsync<MonitoringBaseline>(row.Report.Baseline, cancellationToken));
    }

    private static Refusal Unknown => new("monitoring-report-unknown", "There is no such report about this version.", RefusalKind.NotFound);

    private async Task<Refusal?> UnknownAsync(string model, int version)
    {
        if (!Name.IsValid(model) || (await grains.Of<IModelGrain>(model).Read()).State is not { Exists: true } state) return ModelViews.UnknownModel;
        return state.Versions.ContainsKey(version) ? null : ModelViews.UnknownVersion(model, version);
    }
}
