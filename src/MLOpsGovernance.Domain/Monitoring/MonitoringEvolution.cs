using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Monitoring;

/// <summary>What reports come to. One that comes late changes nothing that was seen after it.</summary>
internal static class MonitoringEvolution
{
    internal static ModelVersion Freeze(this ModelVersion version, MonitoringBaselineFrozen e) =>
        version with { Monitoring = version.Monitoring with { Baseline = e.Baseline, BaselineAt = e.At } };

    internal static ModelVersion See(this ModelVersion version, MonitoringReported e)
    {
        var (place, monitoring) = (e.Environment ?? "", version.Monitoring);
        var before = monitoring.Seen.GetValueOrDefault(place);
        if (before is null && monitoring.Seen.Count >= MonitoringState.MostEnvironments) return version;
        var seen = before ?? new() { ReportedAt = e.ObservedAt };
        if (e.ObservedAt > seen.ReportedAt) seen = seen with { ReportedAt = e.ObservedAt };
        if (e.Features.Count > 0 && !(e.ObservedAt < seen.ComparedAt))
            seen = seen with { ComparedAt = e.ObservedAt, Verdict = e.Verdict, Drifted = [.. e.Features.Where(f => f.Drifted).Select(f => f.Name)], Insufficient = e.Features.Count(f => f.Verdict == MonitoringVerdict.InsufficientData) };
        foreach (var metric in e.Metrics)
        {
            var known = seen.Metrics.GetValueOrDefault(metric.Name);
            if (known is null ? seen.Metrics.Count < MonitoringState.MostMetrics : e.ObservedAt >= known.At)
                seen = seen with { Metrics = seen.Metrics.SetItem(metric.Name, new(metric.Value, metric.Breached, metric.OnLabels, e.ObservedAt)) };
        }

        foreach (var watched in e.Watched)
        {
            if (!(e.ObservedAt < seen.Watched.GetValueOrDefault(watched))) seen = seen with { Watched = seen.Watched.SetItem(watched, e.ObservedAt) };
        }

        return version with { Monitoring = monitoring with { Seen = monitoring.Seen.SetItem(place, seen) } };
    }
}
