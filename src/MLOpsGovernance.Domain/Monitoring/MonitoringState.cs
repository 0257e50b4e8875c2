using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Monitoring;

/// <summary>How a version in use looks: the latest that was seen of everything, whatever the order in which it was reported.</summary>
public sealed record MonitoringState
{
    /// <summary>Of as many metrics, environments and kinds of looks the latest is kept.</summary>
    public const int MostMetrics = 100, MostEnvironments = 50;

    /// <summary>Digest of the histograms that it is compared with; null while there are none.</summary>
    public string? Baseline { get; init; }

    public DateTimeOffset? BaselineAt { get; init; }

    /// <summary>By environment, empty where none was named: the latest report.</summary>
    public ImmutableSortedDictionary<string, SeenInUse> Seen { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<SeenInUse>();

    /// <summary>What was seen of a version there; where nothing was said of that place, what was said without naming one.</summary>
    public SeenInUse? In(string environment) => Seen.GetValueOrDefault(environment) ?? Seen.GetValueOrDefault("");
}

/// <summary>What was seen of a version in one place.</summary>
public sealed record SeenInUse
{
    /// <summary>The end of the time that was looked at last.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>When features were compared last, and with what verdict.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    public string Verdict { get; init; } = MonitoringVerdict.Unknown;

    public IReadOnlyList<string> Drifted { get; init; } = [];

    /// <summary>How many of them had too few values to tell.</summary>
    public int Insufficient { get; init; }

    public ImmutableSortedDictionary<string, SeenMetric> Metrics { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<SeenMetric>();

    /// <summary>When each kind of thing was watched last.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Watched { get; init => field = value.WithComparers(StringComparer.Ordinal); } = Ordinal.Map<DateTimeOffset>();

    [JsonIgnore]
    public DateTimeOffset? LabelledAt => Metrics.Values.Where(m => m.OnLabels).Select(m => (DateTimeOffset?)m.At).Max();

    [JsonIgnore]
    public IEnumerable<string> Breached => Metrics.Where(m => m.Value.Breached).Select(m => m.Key);
}

public sealed record SeenMetric(double Value, bool Breached, bool OnLabels, DateTimeOffset At);
