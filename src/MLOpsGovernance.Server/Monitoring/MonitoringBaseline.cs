using MLOpsGovernance.Advisor;
using MLOpsGovernance.Advisor.Drift;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Server.Monitoring;

/// <summary>What a version is compared with: histograms, and nothing of the values that were counted.</summary>
internal sealed record MonitoringBaseline(IReadOnlyList<BaselineFeature> Features);

/// <param name="Edges">Inner edges of the bins of a numeric feature; null for categories.</param>
/// <param name="Counts">Of bins, or of <paramref name="Categories"/>.</param>
/// <param name="Means">Of what fell into each bin; null where only counts were sent.</param>
internal sealed record BaselineFeature(
    string Name, IReadOnlyList<double>? Edges, IReadOnlyList<string>? Categories, IReadOnlyList<long> Counts, IReadOnlyList<double>? Means = null, double? Deviation = null)
{
    public static BaselineFeature Of(FeatureBody body)
    {
        if (body.Categories is { } categories)
        {
            string[] names = [.. categories.Keys.Order(StringComparer.Ordinal)];
            return new(body.Name, null, names, [.. names.Select(n => categories[n])]);
        }

        if (body.Values is not { } values) return new(body.Name, body.Edges, null, body.Counts!);
        var bins = FrozenBins.Of(values);
        return new(body.Name, bins.Edges, null, [.. bins.CountOf(values).Select(c => (long)c)], BinMoments.Of(bins, values), Math.Sqrt(Samples.Variance(values)));
    }

    /// <summary>The feature as it is now beside this; faults of the current one go to <paramref name="faults"/>.</summary>
    /// <param name="sample">The values of the baseline, where they came with the same request.</param>
    public FeatureData? Against(FeatureBody current, string at, IReadOnlyList<double>? sample, List<InputFault> faults)
    {
        if (Categories is { } names)
        {
            if (current.Categories is not { } counted)
            {
                faults.Add(new(at, "kind-differs", $"The baseline of {Name} counts categories, so this does too."));
                return null;
            }

            return FeatureData.OfCategories(Name, names.Zip(Counts).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal), counted);
        }

        var bins = new FrozenBins(Edges!);
        double[] reference = [.. Counts.Select(c => (double)c)];
        if (current.Values is { } values)
        {
            return sample is not null ? FeatureData.OfSamples(Name, bins, sample, values)
                : new(Name, reference, bins.CountOf(values), Moments: Means is null ? null : new(Means, BinMoments.Of(bins, values, Means), Deviation ?? 0));
        }

        if (current.Counts is { } counts && counts.Count == reference.Length && (current.Edges is null || current.Edges.SequenceEqual(Edges!)))
            return new(Name, reference, [.. counts.Select(c => (double)c)]);
        faults.Add(new(at, current.Categories is null ? "bins-differ" : "kind-differs", $"The baseline of {Name} has {reference.Length} bins with the inner edges {string.Join(", ", Edges!.Select(e => e.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}; send values, or counts in exactly these."));
        return null;
    }
}
