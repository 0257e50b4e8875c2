using MLOpsGovernance.Advisor;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Monitoring;

/// <param name="ObservedAt">The end of the time that was looked at.</param>
/// <param name="Environment">Left out, it is of no particular one.</param>
/// <param name="Source">Which monitor says so.</param>
/// <param name="Baseline">What the version is compared with from now on. It is frozen with the first report that brings one.</param>
/// <param name="ReplaceBaseline">Whether it may take the place of the one that is there; a person says so, with a reason.</param>
/// <param name="Features">As they are now; each has a baseline.</param>
/// <param name="Watched">What else was looked at: health, predictions, schema, freshness, skew, numerics, cost, age.</param>
/// <param name="IncidentSeverity">Opens an incident of this severity where something drifted or broke its limit, and none about the version is open.</param>
[BodyLimit(5)]
internal sealed record MonitoringBody(
    DateTimeOffset ObservedAt, string? Environment = null, DateTimeOffset? ObservedFrom = null, string? Source = null, IReadOnlyList<FeatureBody>? Baseline = null, bool? ReplaceBaseline = null, string? Reason = null,
    IReadOnlyList<FeatureBody>? Features = null, IReadOnlyList<MetricBody>? Metrics = null, IReadOnlyList<string>? Watched = null, string? IncidentSeverity = null, string? About = null);

/// <summary>A feature as values, as counts in bins, or as counts of categories. Values become counts at once and are kept nowhere.</summary>
/// <param name="Edges">Inner edges of the bins, ascending; needed with <paramref name="Counts"/> in a baseline.</param>
/// <param name="Counts">One more than there are edges.</param>
internal sealed record FeatureBody(
    string Name, IReadOnlyList<double>? Values = null, IReadOnlyList<double>? Edges = null, IReadOnlyList<long>? Counts = null, IReadOnlyDictionary<string, long>? Categories = null)
{
    public const int MostFeatures = 80, MostValues = 200_000, MostBins = 100, MostCategories = 500, LongestName = 128;

    public static IEnumerable<InputFault> Faults(IReadOnlyList<FeatureBody>? features, string list, bool baseline)
    {
        if (features is null) yield break;
        if (features.Count > MostFeatures) yield return new(list, "too-many-features", $"A report holds at most {MostFeatures} features.");
        if (features.GroupBy(f => f.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) yield return new(list, "feature-repeated", $"{twice.Key} stands there twice.");
        foreach (var fault in features.Take(MostFeatures).SelectMany((f, i) => f.Faults($"{list}[{i}]", baseline))) yield return fault;
    }

    private IEnumerable<InputFault> Faults(string at, bool baseline)
    {
        if (!IsShort(Name, LongestName)) yield return new($"{at}.name", "invalid-text", $"The name of a feature has 1 to {LongestName} bytes in UTF-8, without quotes, backslashes and control characters.");
        if ((Values is null ? 0 : 1) + (Counts is null ? 0 : 1) + (Categories is null ? 0 : 1) != 1)
        {
            yield return new(at, "one-kind-of-data", "A feature is sent as values, as counts with edges, or as categories: one of the three.");
            yield break;
        }

        if (Values is { } values)
        {
            if (values.Count is 0 or > MostValues) yield return new($"{at}.values", "values-out-of-range", $"There are 1 to {MostValues} values; of more send counts.");
            if (values.Any(v => !double.IsFinite(v) || Math.Abs(v) > 1e150)) yield return new($"{at}.values", "not-a-number", "Every value is a finite number of at most 1e150.");
            if (Edges is not null) yield return new($"{at}.edges", "edges-without-counts", "Edges go with counts; those of values are worked out.");
        }
        else if (Counts is { } counts)
        {
            if (baseline && Edges is null) yield return new($"{at}.edges", "edges-missing", "Counts of a baseline come with the inner edges of their bins.");
            if (Edges is { } edges && (edges.Count is 0 or >= MostBins || edges.Any(e => !double.IsFinite(e)) || edges.Zip(edges.Skip(1)).Any(e => e.First >= e.Second)))
                yield return new($"{at}.edges", "edges-out-of-order", $"Inner edges are 1 to {MostBins - 1} finite numbers, each greater than the one before.");
            if (Edges is not null && counts.Count != Edges.Count + 1) yield return new($"{at}.counts", "bins-differ", "There is one count more than there are inner edges.");
            foreach (var fault in Counted(counts, $"{at}.counts")) yield return fault;
        }
        else
        {
            if (Categories!.Count is < 1 or > MostCategories) yield return new($"{at}.categories", "too-many-categories", $"There are 1 to {MostCategories} categories; count the rare ones together.");
            if (Categories.Keys.Any(k => k.Length is 0 or > LongestName || k.Any(char.IsControl))) yield return new($"{at}.categories", "invalid-text", $"The name of a category has 1 to {LongestName} characters, none of them a control character.");
            if (Edges is not null) yield return new($"{at}.edges", "edges-without-counts", "Categories have no edges.");
            foreach (var fault in Counted([.. Categories.Values], $"{at}.categories")) yield return fault;
        }
    }

    /// <summary>Names stand in an event, which is a leaf of the log and so at most 64 KiB, whatever they are made of.</summary>
    public static bool IsShort(string name, int most) => name.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(name) <= most && !name.Any(c => char.IsControl(c) || c is '"' or '\\');

    private static IEnumerable<InputFault> Counted(IReadOnlyList<long> counts, string at)
    {
        if (counts.Any(c => c is < 0 or > 1_000_000_000_000)) yield return new(at, "counts-out-of-range", "A count is a whole number from 0 to 1,000,000,000,000.");
        else if (counts.Sum() == 0) yield return new(at, "nothing-counted", "At least one value was counted.");
    }
}

/// <param name="AtLeast">The least that it should be.</param>
/// <param name="OnLabels">Whether it compares answers with what really came of them.</param>
internal sealed record MetricBody(string Name, double Value, double? AtLeast = null, double? AtMost = null, bool? OnLabels = null)
{
    public const int MostMetrics = 50, LongestName = 100;

    public MonitoredMetric Metric => new(Name, Value, AtLeast, AtMost, OnLabels ?? false);

    public static IEnumerable<InputFault> Faults(IReadOnlyList<MetricBody>? metrics)
    {
        if (metrics is null) yield break;
        if (metrics.Count > MostMetrics) yield return new("metrics", "too-many-metrics", $"A report holds at most {MostMetrics} metrics.");
        if (metrics.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) yield return new("metrics", "metric-repeated", $"{twice.Key} stands there twice.");
        for (var i = 0; i < Math.Min(metrics.Count, MostMetrics); i++)
        {
            var (metric, at) = (metrics[i], $"metrics[{i}]");
            if (!FeatureBody.IsShort(metric.Name, LongestName)) yield return new($"{at}.name", "invalid-text", $"The name of a metric has 1 to {LongestName} bytes in UTF-8, without quotes, backslashes and control characters.");
            if (!double.IsFinite(metric.Value)) yield return new($"{at}.value", "not-a-number", "A metric is a finite number.");
            if (metric.AtLeast is { } least && !double.IsFinite(least) || metric.AtMost is { } most && !double.IsFinite(most)) yield return new(at, "not-a-number", "A limit is a finite number.");
            else if (metric.AtLeast > metric.AtMost) yield return new($"{at}.atLeast", "limits-out-of-order", "atLeast is at most atMost; else no value keeps both.");
        }
    }
}
