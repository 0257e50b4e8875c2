using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Monitoring;

/// <summary>The distributions that a version is compared with from now on. They are kept once for their digest, as histograms; no value that was sent is.</summary>
/// <param name="Baseline">SHA-256 of the canonical JSON of the histograms.</param>
/// <param name="Replaces">The baseline before; null for the first.</param>
public sealed record MonitoringBaselineFrozen(int Version, string Baseline, IReadOnlyList<string> Features, string? Replaces, Sealed? Reason, string By, DateTimeOffset At);

/// <summary>Somebody looked at a version in use.</summary>
/// <param name="Environment">Null where it was not said.</param>
/// <param name="ObservedAt">The end of the time that was looked at; <paramref name="At"/> is when it was reported.</param>
/// <param name="Verdict">One of <see cref="MonitoringVerdict"/>.</param>
/// <param name="Watched">What was looked at beside features and metrics: <see cref="MonitoringReport.Watchable"/>.</param>
/// <param name="Baseline">What features were compared with; null where none was compared.</param>
/// <param name="Results">SHA-256 of the canonical JSON of all statistics; null where no feature was compared.</param>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record MonitoringReported(
    int Version, string Id, string? Environment, DateTimeOffset? From, DateTimeOffset ObservedAt, string? Source, string Verdict, IReadOnlyList<MonitoredFeature> Features, IReadOnlyList<MonitoredMetric> Metrics,
    IReadOnlyList<string> Watched, string? Baseline, string? Results, string By, string? Owner, DateTimeOffset At);

/// <param name="Verdict">One of <see cref="MonitoringVerdict"/>, before what all features of the report have in common is taken into account.</param>
/// <param name="Stability">The population stability index.</param>
/// <param name="Adjusted">Its p-value among those of all features.</param>
/// <param name="Drifted">Whether its drift remains after that.</param>
public sealed record MonitoredFeature(string Name, string Verdict, double? Stability, double? Adjusted, bool Drifted);

/// <param name="AtLeast">The least that it should be; null is no limit.</param>
/// <param name="OnLabels">Whether it compares answers with what really came of them.</param>
public sealed record MonitoredMetric(string Name, double Value, double? AtLeast, double? AtMost, bool OnLabels)
{
    [JsonIgnore]
    public bool Breached => Value < AtLeast || Value > AtMost;
}

/// <summary>What the features of a report say together.</summary>
public static class MonitoringVerdict
{
    public const string Unknown = "unknown", InsufficientData = "insufficient-data", NoDrift = "no-drift", Drift = "drift";

    public static IReadOnlyList<string> All { get; } = [Unknown, InsufficientData, NoDrift, Drift];
}
