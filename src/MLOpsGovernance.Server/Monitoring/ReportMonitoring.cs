using FluentValidation;
using MediatR;
using MLOpsGovernance.Advisor;
using MLOpsGovernance.Advisor.Drift;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Server.Compliance;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Monitoring;

/// <summary>Says how a version looks in use. What breaks a policy that says so does not go on running.</summary>
[RequiresRole(Roles.Pipeline, Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReportMonitoring(string Model, int Version, MonitoringBody Report) : ICommand<MonitoringReportView>
{
    public string Stream => $"model:{Model}";
}

internal sealed class ReportMonitoringRules : AbstractValidator<ReportMonitoring>
{
    public ReportMonitoringRules()
    {
        RuleFor(c => c.Model).IsName();
        RuleFor(c => c.Version).IsVersion();
        RuleFor(c => c.Report.Environment).IsName().OverridePropertyName("environment").When(c => c.Report.Environment is not null);
        RuleFor(c => c.Report.Source).IsReference().OverridePropertyName("source");
        RuleFor(c => c.Report.Reason).IsText(0, 4000).OverridePropertyName("reason");
        RuleFor(c => c.Report.Reason).NotEmpty().OverridePropertyName("reason").When(c => c.Report.ReplaceBaseline == true).WithErrorCode("reason-required").WithMessage("say why another baseline takes the place of the one that is there.");
        RuleFor(c => c.Report.Watched!).Must(w => w.All(k => Domain.Monitoring.MonitoringReport.Watchable.Contains(k, StringComparer.Ordinal))).OverridePropertyName("watched").When(c => c.Report.Watched is not null)
            .WithErrorCode("invalid-value").WithMessage($"what is watched is any of {string.Join(", ", Domain.Monitoring.MonitoringReport.Watchable)}.");
        RuleFor(c => c.Report.IncidentSeverity).IsOneOf(Finding.Severities).OverridePropertyName("incidentSeverity").When(c => c.Report.IncidentSeverity is not null);
        RuleFor(c => c.Report.About!).IsSubject().OverridePropertyName("about").When(c => c.Report.About is not null);
        RuleFor(c => c.Report).Must(r => r.Baseline is [_, ..] || r.Features is [_, ..] || r.Metrics is [_, ..] || r.Watched is [_, ..]).OverridePropertyName("features")
            .WithErrorCode("nothing-reported").WithMessage("a report has features, metrics, something watched, or at least a baseline.");
    }
}

internal sealed class MonitoringReporter(
    Grains grains, ModelCommands models, ContentStore content, ComplianceRunner compliance, GrainCommands commands, Caller caller, SealingKeys sealing) : IRequestHandler<ReportMonitoring, Result<MonitoringReportView>>
{
    public async Task<Result<MonitoringReportView>> Handle(ReportMonitoring request, CancellationToken cancellationToken)
    {
        var report = request.Report;
        List<InputFault> faults = [.. FeatureBody.Faults(report.Baseline, "baseline", true), .. FeatureBody.Faults(report.Features, "features", false), .. MetricBody.Faults(report.Metrics)];
        if (faults.Count > 0) return Faults.Refused<Result<MonitoringReportView>>(faults);
        if (report.Environment is { } environment && !caller.CoversEnvironment(environment))
        {
            var refusal = new Refusal("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover environment {environment}.", RefusalKind.Forbidden);
            await commands.NoteAsync(request.Stream, UseCase.Of(request), refusal);
            return refusal;
        }

        var version = (await grains.Of<IModelGrain>(request.Model).Read()).State.Versions.GetValueOrDefault(request.Version);
        var (own, frozen) = (report.Baseline is [_, ..] sent ? new MonitoringBaseline([.. sent.Select(BaselineFeature.Of)]) : null, version?.Monitoring.Baseline);
        var baseline = own ?? await content.ReadAsync<MonitoringBaseline>(frozen, cancellationToken);
        var drift = Compare(report, baseline, faults);
        if (faults.Count > 0) return Faults.Refused<Result<MonitoringReportView>>(faults);

        var about = report.About ?? caller.Actor.Subject;
        var reason = await sealing.SealAsync(report.Reason, about, cancellationToken);
        var newBaseline = own is null ? null : new NewBaseline(await content.KeepAsync(ContentStore.Of(own), cancellationToken), [.. own.Features.Select(f => f.Name)], report.ReplaceBaseline ?? false, reason);
        var results = drift is null ? null : await content.KeepAsync(ContentStore.Of(FeatureDriftView.Of(drift)), cancellationToken);
        var noted = new MonitoringReport(
            caller.NewId("monitoring"), report.Environment, report.ObservedFrom, report.ObservedAt, report.Source, Words.Of(drift?.Verdict), Features(drift), [.. (report.Metrics ?? []).Select(m => m.Metric)],
            [.. (report.Watched ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], drift is null ? null : newBaseline?.Digest ?? frozen, results, caller.NewId("incident"),
            report.IncidentSeverity is null ? null : await sealing.SealAsync($"Version {request.Version} of {request.Model} is out of order in use: {What(drift, report)}.", about, cancellationToken), report.IncidentSeverity);
        var saysMore = report.Features is [_, ..] || report.Metrics is [_, ..] || report.Watched is [_, ..];
        var outcome = await models.ExecuteAsync(request.Model, new NoteMonitoring(request.Version, newBaseline, saysMore ? noted : null));
        if (outcome.Refusal is { } refused) return refused;

        Telemetry.MonitoringReports.Add(1, new KeyValuePair<string, object?>("verdict", noted.Verdict));
        if (noted.Alarms && saysMore) await compliance.JudgeAsync(request.Model, caller.Context(), cancellationToken);
        var now = (await grains.Of<IModelGrain>(request.Model).Read()).State;
        return new Result<MonitoringReportView>(
            new(saysMore ? noted.Id : null, request.Model, request.Version, report.Environment, report.ObservedAt, noted.Verdict, drift is null ? [] : FeatureDriftView.Of(drift), [.. noted.Metrics.Select(MetricView.Of)], noted.Watched,
                now.Versions[request.Version].Monitoring.Baseline, now.Incidents.Exists(i => i.Id == noted.IncidentId) ? noted.IncidentId : null, now.Versions[request.Version].Suspended is not null),
            Created: $"/api/v1/models/{request.Model}/versions/{request.Version}/monitoring");
    }

    private static DriftReport? Compare(MonitoringBody report, MonitoringBaseline? baseline, List<InputFault> faults)
    {
        if (report.Features is not [_, ..] features) return null;
        var known = baseline?.Features.ToDictionary(f => f.Name, StringComparer.Ordinal) ?? [];
        var samples = (report.Baseline ?? []).Where(b => b.Values is not null).ToDictionary(b => b.Name, b => b.Values, StringComparer.Ordinal);
        List<FeatureData> compared = [];
        for (var i = 0; i < features.Count; i++)
        {
            var (feature, at) = (features[i], $"features[{i}]");
            if (!known.TryGetValue(feature.Name, out var before)) faults.Add(new($"{at}.name", "baseline-missing", $"{feature.Name} has no baseline to be compared with; send one in baseline."));
            else if (before.Against(feature, at, samples.GetValueOrDefault(feature.Name), faults) is { } data)
            {
                var wrong = data.Faults(at).ToList();
                faults.AddRange(wrong);
                if (wrong.Count == 0) compared.Add(data);
            }
        }

        return faults.Count > 0 ? null : DriftReport.Of(compared);
    }

    private static IReadOnlyList<MonitoredFeature> Features(DriftReport? drift) =>
        [.. (drift?.Features ?? []).Select(f => new MonitoredFeature(f.Result.Feature, Words.Of(f.Result.Verdict), FeatureDriftView.Finite(f.Result.Statistics[0].Value), FeatureDriftView.Finite(f.Adjusted), drift!.Drifted.Contains(f.Result.Feature, StringComparer.Ordinal)))];

    private static string What(DriftReport? drift, MonitoringBody report) => string.Join(
        "; ",
        (string[])[
            .. drift?.Drifted is [_, ..] drifted ? [$"{string.Join(", ", drifted.Take(10))} drifted"] : Array.Empty<string>(),
            .. (report.Metrics ?? []).Where(m => m.Metric.Breached).Take(10).Select(m => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{m.Name} is {m.Value:R}")),
        ]);
}

/// <summary>The advisor's words as the API and policies have them.</summary>
internal static class Words
{
    public static string Of(DriftVerdict? verdict) => verdict switch
    {
        DriftVerdict.Drift => MonitoringVerdict.Drift,
        DriftVerdict.NoDrift => MonitoringVerdict.NoDrift,
        DriftVerdict.InsufficientData => MonitoringVerdict.InsufficientData,
        DriftVerdict.NotApplicable => "not-applicable",
        _ => MonitoringVerdict.Unknown,
    };
}
