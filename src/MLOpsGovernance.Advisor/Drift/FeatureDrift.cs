using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Drift;

/// <summary>One feature, as counts in the same bins or categories, and as samples where these were sent. Samples are looked at and never kept.</summary>
/// <param name="Categories">Names of the categories; null for a numeric feature.</param>
/// <param name="Moments">What is left of the values where they are gone; null where nothing is.</param>
public sealed record FeatureData(
    string Feature, IReadOnlyList<double> Reference, IReadOnlyList<double> Current, IReadOnlyList<string>? Categories = null, IReadOnlyList<double>? ReferenceSample = null, IReadOnlyList<double>? CurrentSample = null,
    BinMoments? Moments = null)
{
    public static FeatureData OfSamples(string feature, FrozenBins bins, IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        new(feature, bins.CountOf(reference), bins.CountOf(current), null, reference, current);

    /// <summary>Over the union of both, so that what is new is counted and named.</summary>
    public static FeatureData OfCategories(string feature, IReadOnlyDictionary<string, long> reference, IReadOnlyDictionary<string, long> current)
    {
        string[] all = [.. reference.Keys.Union(current.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(feature, [.. all.Select(c => (double)reference.GetValueOrDefault(c))], [.. all.Select(c => (double)current.GetValueOrDefault(c))], all);
    }

    public IEnumerable<InputFault> Faults(string at)
    {
        if (Reference.Count != Current.Count) yield return new($"{at}.current", "bins-differ", "Reference and current are counted in the same bins.");
        else if (Reference.Count < 2) yield return new($"{at}.reference", "too-few-bins", "A distribution has two bins or categories at least.");
        if (Reference.Concat(Current).Any(static c => !double.IsFinite(c) || c < 0)) yield return new(at, "counts-out-of-range", "A count is a finite number, 0 or more.");
        else if (Reference.Sum() <= 0 || Current.Sum() <= 0) yield return new(at, "nothing-counted", "Both sides hold one value at least.");
        if ((ReferenceSample ?? []).Concat(CurrentSample ?? []).Any(static v => !double.IsFinite(v))) yield return new(at, "not-a-number", "Every value of a sample is a finite number.");
    }
}

/// <param name="P">The chance of as much without any change; null where there is no such test.</param>
public sealed record DriftStatistic(string Name, double? Value, double? P, DriftVerdict Verdict);

/// <param name="Unseen">Categories that the reference lacks.</param>
public sealed record FeatureDriftResult(string Feature, long InReference, long InCurrent, DriftVerdict Verdict, IReadOnlyList<DriftStatistic> Statistics, IReadOnlyList<string> Unseen)
{
    /// <summary>The stability index decides; the others are shown. Data must be free of faults.</summary>
    public static FeatureDriftResult Of(FeatureData data, double alpha = DriftJudgement.Alpha, double floor = DriftJudgement.EffectFloor)
    {
        var (n, m, bins) = (data.Reference.Sum(), data.Current.Sum(), data.Reference.Count);
        var enough = !PopulationStability.SamplesAreTooSmall(n, m, bins);
        var index = PopulationStability.Index(data.Reference, data.Current);
        var chi = CountTests.ChiSquareAgainst(data.Reference, data.Current);
        var noise = (1 / n) + (1 / m);
        // Under no change the index over its noise is about a chi-square.
        var p = ChiSquareDistribution.Survival(index / noise, bins - 1);
        DriftStatistic Distance(string name, double value) => new(name, value, p, DriftJudgement.Of(value, p, enough, alpha, floor));

        List<DriftStatistic> statistics =
        [
            new("psi", index, p, DriftJudgement.OfStability(index, n, m, bins, alpha, floor)),
            Distance("jensenShannon", Distances.JensenShannon(data.Reference, data.Current, 2)),
            Distance("hellinger", Distances.Hellinger(data.Reference, data.Current)),
            chi is null ? new("chiSquare", null, null, DriftVerdict.NotApplicable) : new("chiSquare", chi.Statistic, chi.P, DriftJudgement.Of(index, chi.P, enough, alpha, floor)),
        ];
        if (data is { ReferenceSample: { Count: > 0 } reference, CurrentSample: { Count: > 0 } current })
        {
            var ks = KolmogorovSmirnov.Test(reference, current);
            statistics.Add(new("kolmogorovSmirnov", ks.D, ks.P, DriftJudgement.Of(ks.D, ks.P, enough, alpha, floor)));
            var moved = Distances.NormedWasserstein(reference, current);
            statistics.Add(new("wassersteinNormed", moved, ks.P, DriftJudgement.Of(moved, ks.P, enough, alpha, floor)));
        }

        else if (data.Categories is null)
        {
            var ks = KolmogorovSmirnov.OfCounts(data.Reference, data.Current);
            statistics.Add(new("kolmogorovSmirnov", ks.D, ks.P, DriftJudgement.Of(ks.D, ks.P, enough, alpha, floor)));
            if (data.Moments is { } moments)
            {
                var moved = moments.NormedWasserstein(data.Reference, data.Current);
                statistics.Add(new("wassersteinNormed", moved, ks.P, DriftJudgement.Of(moved, ks.P, enough, alpha, floor)));
            }
        }

        return new(data.Feature, (long)n, (long)m, statistics[0].Verdict, statistics, [.. (data.Categories ?? []).Where((_, i) => data.Reference[i] <= 0 && data.Current[i] > 0)]);
    }
}
