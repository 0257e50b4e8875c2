using System.Diagnostics;
using System.Diagnostics.Metrics;
using MLOpsGovernance.Domain.PolicyChecks;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Traces, metrics and logs. They leave the process by OTLP when a standard <c>OTEL_EXPORTER_OTLP_…ENDPOINT</c> names where to.</summary>
internal static class Telemetry
{
    public const string Name = "MLOpsGovernance";

    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    private static readonly Counter<long> Checks = Meter.CreateCounter<long>("mlgov.policy_checks", null, "Policy checks by outcome, dry runs left out.");

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>("mlgov.policy_decisions", null, "Decisions by the policies that had a say in them and by outcome, dry runs left out.");

    /// <summary>Counted apart, so that a pull request is nobody's denial, whoever forgets to ask.</summary>
    private static readonly Counter<long> DryRuns = Meter.CreateCounter<long>("mlgov.policy_dry_runs", null, "Dry runs of policy checks by outcome.");

    private static readonly Counter<long> RuleResults = Meter.CreateCounter<long>("mlgov.policy_rules", null, "Rule results by policy, rule and result, dry runs left out.");

    private static readonly Histogram<double> CheckDuration = Meter.CreateHistogram("mlgov.policy_check.duration", "s", "From the request to the durable decision.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    /// <summary>Of the whole cluster, as each node sees it: nodes are not to be summed.</summary>
    public static Gauge<int> ProjectionsPaused { get; } = Meter.CreateGauge<int>("mlgov.projections.paused", null, "1 while the registers stand still at an event that cannot be applied.");

    public static Gauge<double> ProjectionLag { get; } = Meter.CreateGauge<double>("mlgov.projections.lag", "s", "How long the oldest event that the registers have not seen has waited.");

    public static Gauge<int> AuditDiffers { get; } = Meter.CreateGauge<int>("mlgov.audit.differs", null, "1 while the database differs from the audit log, as of this node's last comparison.");

    public static Gauge<long> AuditSize { get; } = Meter.CreateGauge<long>("mlgov.audit.size", null, "How many events the audit log holds, as this node last let it grow.");

    public static Counter<long> Waivers { get; } = Meter.CreateCounter<long>("mlgov.waivers", null, "Waivers by what became of them and by environment. How often one was used, the rule results say.");

    public static Counter<long> ComplianceRuns { get; } = Meter.CreateCounter<long>("mlgov.compliance.runs", null, "Runs in which everything live was judged again, by what led to them.");

    public static Gauge<int> ComplianceFailing { get; } = Meter.CreateGauge<int>("mlgov.compliance.failing", null, "How many live deployments the gate would not let in, as of this node's last run.");

    public static Counter<long> MonitoringReports { get; } = Meter.CreateCounter<long>("mlgov.monitoring.reports", null, "Reports of versions in use by verdict.");

    public static Counter<long> LineageWarnings { get; } = Meter.CreateCounter<long>("mlgov.lineage.warnings", null, "What lineage events had wrong and were taken with, by code.");

    public static Counter<long> Refusals { get; } = Meter.CreateCounter<long>("mlgov.refusals", null, "Refused requests by code.");

    public static Histogram<int> WriterBatch { get; } = Meter.CreateHistogram<int>("mlgov.event_writer.batch", null, "Appends committed in one transaction.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    public static void Checked(PolicyChecked decision, TimeSpan took)
    {
        (decision.DryRun ? DryRuns : Checks).Add(1, new("outcome", decision.Outcome), new("environment", decision.Environment));
        CheckDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", decision.Outcome));
        if (decision.DryRun) return;
        if (Decisions.Enabled)
        {
            foreach (var policy in decision.Rules.Where(r => r.Result is not ("notApplicable" or "notYetInForce")).Select(r => r.Policy).DefaultIfEmpty("none").Distinct(StringComparer.Ordinal))
                Decisions.Add(1, new("policy", policy), new("outcome", decision.Outcome), new("environment", decision.Environment));
        }

        if (!RuleResults.Enabled) return;
        foreach (var rule in decision.Rules) RuleResults.Add(1, new("policy", rule.Policy), new("rule", rule.Rule), new("result", rule.Result));
    }

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!Endpoints.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name]))) return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_SERVICE_NAME"]) && builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"]?.Contains("service.name=", StringComparison.Ordinal) is not true)
                    resource.AddService("mlgov-server", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: false);
            })
            .WithTracing(tracing => tracing
                .AddSource(Name, "Marten", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application").AddNpgsql()
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)))
            .WithMetrics(metrics => metrics
                .AddMeter(Name, "Marten", "Microsoft.Orleans", "Npgsql").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())
            .WithLogging()
            .UseOtlpExporter();
    }
}
