using MLOpsGovernance.Advisor.Drift;
using MLOpsGovernance.Domain.Monitoring;

namespace MLOpsGovernance.Server.Monitoring;

/// <param name="Id">Left out where only a baseline was sent.</param>
/// <param name="Verdict"><c>unknown</c> where no feature was compared, else <c>insufficient-data</c>, <c>no-drift</c> or <c>drift</c>.</param>
/// <param name="Baseline">Digest of the histograms in force.</param>
/// <param name="Incident">The one that this report opened.</param>
/// <param name="Suspended">Whether the version is suspended now.</param>
internal sealed record MonitoringReportView(
    string? Id, string Model, int Version, string? Environment, DateTimeOffset ObservedAt, string Verdict, IReadOnlyList<FeatureDriftView> Features, IReadOnlyList<MetricView> Metrics, IReadOnlyList<string> Watched,
    string? Baseline, string? Incident, bool Suspended);

/// <param name="Adjusted">The p-value of the stability index among those of all features (Benjamini and Hochberg).</param>
/// <param name="Holm">The same for a gate, where a single false alarm stops something.</param>
/// <param name="Drifted">Whether drift remains after adjusting.</param>
/// <param name="Unseen">Categories that the baseline lacks.</param>
internal sealed record FeatureDriftView(
    string Name, string Verdict, bool Drifted, long InReference, long InCurrent, double Adjusted, double Holm, IReadOnlyList<DriftStatisticView> Statistics, IReadOnlyList<string> Unseen)
{
    public static IReadOnlyList<FeatureDriftView> Of(DriftReport report) =>
    [
        .. report.Features.Select(f => new FeatureDriftView(
            f.Result.Feature, Words.Of(f.Result.Verdict), report.Drifted.Contains(f.Result.Feature, StringComparer.Ordinal), f.Result.InReference, f.Result.InCurrent, Finite(f.Adjusted) ?? 1, Finite(f.Holm) ?? 1,
            [.. f.Result.Statistics.Select(s => new DriftStatisticView(s.Name, Finite(s.Value), Finite(s.P), Words.Of(s.Verdict)))], f.Result.Unseen)),
    ];

    /// <summary>What no number tells is left out.</summary>
    public static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}

/// <param name="P">The chance of as much without any change; left out where there is no such test.</param>
internal sealed record DriftStatisticView(string Name, double? Value, double? P, string Verdict);

internal sealed record MetricView(string Name, double Value, double? AtLeast, double? AtMost, bool OnLabels, bool Breached)
{
    public static MetricView Of(MonitoredMetric m) => new(m.Name, m.Value, m.AtLeast, m.AtMost, m.OnLabels, m.Breached);
}

/// <summary>How a version looks in use, in one environment; without one, what was said of no particular one.</summary>
internal sealed record SeenView(
    string? Environment, DateTimeOffset ReportedAt, DateTimeOffset? ComparedAt, string Verdict, IReadOnlyList<string> Drifted, int Insufficient, IReadOnlyList<string> Breached, DateTimeOffset? LabelledAt,
    IReadOnlyDictionary<string, DateTimeOffset> Watched);

/// <param name="Baseline">Digest of the histograms that it is compared with.</param>
internal sealed record MonitoringStateView(string? Baseline, DateTimeOffset? BaselineAt, IReadOnlyList<SeenView> Seen)
{
    public static MonitoringStateView Of(MonitoringState state) => new(
        state.Baseline, state.BaselineAt,
        [.. state.Seen.Select(s => new SeenView(s.Key.Length == 0 ? null : s.Key, s.Value.ReportedAt, s.Value.ComparedAt, s.Value.Verdict, s.Value.Drifted, s.Value.Insufficient, [.. s.Value.Breached], s.Value.LabelledAt, s.Value.Watched))]);
}

/// <summary>What policies are told of a version in use.</summary>
/// <param name="Drift"><c>unknown</c>, <c>insufficient-data</c>, <c>no-drift</c> or <c>drift</c>, of the features compared last.</param>
/// <param name="Breached">Metrics that broke a limit when they were last reported.</param>
internal sealed record MonitoringFact(
    string Drift, IReadOnlyList<string> Drifted, int Insufficient, IReadOnlyList<string> Breached, bool HasBaseline, DateTimeOffset? ReportedAt = null, DateTimeOffset? ComparedAt = null, DateTimeOffset? LabelledAt = null)
{
    /// <summary>As many names as policies are told of.</summary>
    public const int MostNames = 50;

    public static MonitoringFact Of(MonitoringState state, string environment) => state.In(environment) is { } seen
        ? new(seen.Verdict, [.. seen.Drifted.Take(MostNames)], seen.Insufficient, [.. seen.Breached.Take(MostNames)], state.Baseline is not null, seen.ReportedAt, seen.ComparedAt, seen.LabelledAt)
        : new(MonitoringVerdict.Unknown, [], 0, [], state.Baseline is not null);
}
