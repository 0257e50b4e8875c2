using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Monitoring;

/// <param name="Digest">Of histograms that the caller has stored.</param>
/// <param name="Replace">Whether another one may take the place of the one that is there.</param>
public sealed record NewBaseline(string Digest, IReadOnlyList<string> Features, bool Replace, Sealed? Reason);

/// <param name="Baseline">What the features were compared with; looked up, and compared again with the one in force.</param>
/// <param name="IncidentId">The id of the incident, where one is opened.</param>
/// <param name="IncidentSeverity">Opens an incident where something is out of order and none about this version is open; null opens none.</param>
public sealed record MonitoringReport(
    string Id, string? Environment, DateTimeOffset? From, DateTimeOffset ObservedAt, string? Source, string Verdict, IReadOnlyList<MonitoredFeature> Features, IReadOnlyList<MonitoredMetric> Metrics,
    IReadOnlyList<string> Watched, string? Baseline, string? Results, string IncidentId, Sealed? IncidentTitle, string? IncidentSeverity)
{
    /// <summary>What a monitor can look at, beside distributions and figures.</summary>
    public static IReadOnlyList<string> Watchable { get; } = ["health", "predictions", "schema", "freshness", "skew", "numerics", "cost", "age"];

    public bool Alarms => Verdict == MonitoringVerdict.Drift || Metrics.Any(m => m.Breached);
}

/// <summary>Freezes a baseline, takes a report, or both at once.</summary>
public sealed record NoteMonitoring(int Version, NewBaseline? Baseline, MonitoringReport? Report) : ModelCommand;

/// <param name="Owner">Who sees to it from now on; null is who acknowledges it.</param>
/// <param name="OwnerKnown">Whether the owner is known as a person; looked up, never claimed.</param>
public sealed record AcknowledgeIncident(string Id, string? Owner, bool OwnerKnown, Sealed? Note) : ModelCommand;

public sealed record ResolveIncident(string Id, Sealed? Reason) : ModelCommand;
