namespace MLOpsGovernance.Advisor.Criteria;

/// <param name="Worst">What counts as 0, declared before the options are known.</param>
/// <param name="Best">What counts as 1; may be less than <paramref name="Worst"/>.</param>
public sealed record LocalScale(double Worst, double Best)
{
    /// <summary>Declared ends, and not those of the options at hand: otherwise one more option could reverse the order of two others.</summary>
    public double Of(double value) => Worst == Best ? 0 : Math.Clamp((value - Worst) / (Best - Worst), 0, 1);
}

/// <summary>The plain weighted sum.</summary>
public static class WeightedSum
{
    public static IReadOnlyList<double> Scores(IReadOnlyList<IReadOnlyList<double>> matrix, IReadOnlyList<double> weights) =>
        [.. matrix.Select(row => row.Zip(weights, static (value, weight) => value * weight).Sum())];

    /// <summary>1 for the highest; equals share a rank.</summary>
    public static IReadOnlyList<int> Ranks(IReadOnlyList<double> scores) => [.. scores.Select(s => 1 + scores.Count(other => other > s + 1e-12))];
}
