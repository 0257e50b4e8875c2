using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Drift;

public sealed record CountTestResult(double Statistic, double P, int Degrees);

/// <summary>Tests of counts in categories against expected counts.</summary>
public static class CountTests
{
    public static CountTestResult ChiSquare(IReadOnlyList<double> observed, IReadOnlyList<double>? expected = null)
    {
        var each = expected ?? [.. Enumerable.Repeat(observed.Sum() / observed.Count, observed.Count)];
        return Result(observed.Zip(each, static (o, e) => (o - e) * (o - e) / e).Sum(), observed.Count);
    }

    /// <summary>The counts of the reference scaled to the current total. Not applicable (null) where the reference lacks a category: that is news of its own, and no division by zero.</summary>
    public static CountTestResult? ChiSquareAgainst(IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        reference.Any(static r => r <= 0) ? null : ChiSquare(current, Scaled(reference, current));

    /// <summary>The likelihood-ratio test, under the same conditions.</summary>
    public static CountTestResult? G(IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        reference.Any(static r => r <= 0) ? null : Result(2 * current.Zip(Scaled(reference, current), static (o, e) => o > 0 ? o * Math.Log(o / e) : 0).Sum(), current.Count);

    private static CountTestResult Result(double statistic, int categories) => new(statistic, ChiSquareDistribution.Survival(statistic, categories - 1), categories - 1);

    private static double[] Scaled(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var factor = current.Sum() / reference.Sum();
        return [.. reference.Select(r => r * factor)];
    }
}
