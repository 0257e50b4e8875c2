namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>What is said about a list of numbers.</summary>
public static class Samples
{
    public static double Mean(IReadOnlyList<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Count;
    }

    /// <summary>Divided by n - <paramref name="lost"/>.</summary>
    public static double Variance(IReadOnlyList<double> values, int lost = 0)
    {
        var mean = Mean(values);
        var sum = 0.0;
        foreach (var value in values) sum += (value - mean) * (value - mean);
        return sum / (values.Count - lost);
    }

    /// <summary>Between the two neighbours in proportion, of values in ascending order.</summary>
    public static double QuantileOfSorted(IReadOnlyList<double> sorted, double p)
    {
        var at = p * (sorted.Count - 1);
        var below = (int)Math.Floor(at);
        return below + 1 >= sorted.Count ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }

    public static double Median(IEnumerable<double> values) => QuantileOfSorted([.. values.Order()], 0.5);

    /// <summary>The mean of the costliest share 1 - <paramref name="level"/> of costs in ascending order.</summary>
    public static double TailMean(IReadOnlyList<double> sorted, double level)
    {
        var first = Math.Min(sorted.Count - 1, (int)Math.Round(level * sorted.Count));
        var sum = 0.0;
        for (var i = first; i < sorted.Count; i++) sum += sorted[i];
        return sum / (sorted.Count - first);
    }

    /// <summary>
    /// How far each value lies from the median, in robust standard deviations (1.4826 times the median absolute deviation).
    /// Where more than half of all values are equal there is no such scale, and every deviation counts as zero: such values are no evidence of anything.
    /// </summary>
    public static IReadOnlyList<double> RobustZ(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return [];
        var median = Median(values);
        var scale = 1.4826 * Median(values.Select(v => Math.Abs(v - median)));
        return [.. values.Select(v => scale > 0 ? (v - median) / scale : 0)];
    }
}
