using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Drift;

/// <summary>Distances between two distributions. Counts are normalised first.</summary>
public static class Distances
{
    /// <summary>The root of the mean divergence from the mixture; between 0 and 1 for base 2.</summary>
    public static double JensenShannon(IReadOnlyList<double> p, IReadOnlyList<double> q, double @base = Math.E)
    {
        var (a, b) = (Shares.Of(p), Shares.Of(q));
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var mixture = (a[i] + b[i]) / 2;
            sum += Term(a[i], mixture) + Term(b[i], mixture);
        }

        return Math.Sqrt(Math.Max(0, sum / 2 / Math.Log(@base)));
    }

    /// <summary>Between 0 (the same) and 1 (nothing in common).</summary>
    public static double Hellinger(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        var (a, b) = (Shares.Of(p), Shares.Of(q));
        var shared = 0.0;
        for (var i = 0; i < a.Length; i++) shared += Math.Sqrt(a[i] * b[i]);
        return Math.Sqrt(Math.Max(0, 1 - shared));
    }

    /// <summary>The area between the two distribution functions, in the unit of the values.</summary>
    public static double Wasserstein(IReadOnlyList<double> u, IReadOnlyList<double> v, IReadOnlyList<double>? weightsOfU = null, IReadOnlyList<double>? weightsOfV = null)
    {
        var steps = Steps(u, weightsOfU, 1).Concat(Steps(v, weightsOfV, -1)).OrderBy(static s => s.At).ToList();
        var (area, difference) = (0.0, 0.0);
        for (var i = 0; i + 1 < steps.Count; i++)
        {
            difference += steps[i].By;
            area += Math.Abs(difference) * (steps[i + 1].At - steps[i].At);
        }

        return area;
    }

    /// <summary>In standard deviations of the reference. Below <c>0.001</c> of these the floor is used, and the number grows without meaning more: <see cref="FloorOfSpread"/>.</summary>
    public static double NormedWasserstein(IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        Wasserstein(reference, current) / Math.Max(Math.Sqrt(Samples.Variance(reference)), FloorOfSpread);

    public const double FloorOfSpread = 0.001;

    private static double Term(double p, double mixture) => p > 0 ? p * Math.Log(p / mixture) : 0;

    private static IEnumerable<(double At, double By)> Steps(IReadOnlyList<double> values, IReadOnlyList<double>? weights, int sign)
    {
        var total = weights?.Sum() ?? values.Count;
        return values.Select((value, i) => (value, sign * (weights?[i] ?? 1) / total));
    }
}
