using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Uncertainty;

/// <param name="Expected">Of each choice, in their order.</param>
/// <param name="Best">Index of the choice with the highest expectation, the first of equals.</param>
/// <param name="WithInformation">The expectation of somebody who knows the state before choosing.</param>
public sealed record InformationValue(IReadOnlyList<double> Expected, int Best, double WithInformation)
{
    public double Perfect => WithInformation - Expected[Best];
}

/// <param name="Largest">Of each choice, in its worst state.</param>
/// <param name="Expected">Of each choice; the smallest is the value of perfect information.</param>
public sealed record RegretTable(IReadOnlyList<double> Largest, IReadOnlyList<double> Expected)
{
    public double Minimax => Largest.Min();

    public IReadOnlyList<int> MinimaxChoices => [.. Enumerable.Range(0, Largest.Count).Where(i => Largest[i] <= Minimax + (1e-9 * Math.Max(1, Math.Abs(Minimax))))];
}

/// <summary>What it is worth to know before choosing. Payoffs: one row for each choice, one column for each state.</summary>
public static class ValueOfInformation
{
    public static InformationValue Discrete(IReadOnlyList<IReadOnlyList<double>> payoffs, IReadOnlyList<double> probabilities)
    {
        double[] expected = [.. payoffs.Select(row => row.Zip(probabilities, static (v, p) => v * p).Sum())];
        return new(expected, Array.IndexOf(expected, expected.Max()), probabilities.Select((p, s) => p * payoffs.Max(row => row[s])).Sum());
    }

    public static RegretTable Regret(IReadOnlyList<IReadOnlyList<double>> payoffs, IReadOnlyList<double> probabilities)
    {
        double[] best = [.. probabilities.Select((_, s) => payoffs.Max(row => row[s]))];
        return new([.. payoffs.Select(row => best.Zip(row, static (b, v) => b - v).Max())], [.. payoffs.Select(row => best.Select((b, s) => (b - row[s]) * probabilities[s]).Sum())]);
    }

    /// <summary>Of perfect information, where the difference between two choices is normal.</summary>
    public static double PerfectOfNormal(double mean, double sd) => Normal.ExpectedPositivePart(mean, sd) - Math.Max(0, mean);

    /// <summary>The same from simulated costs, one array for each choice: the smallest mean less the mean of the smallest.</summary>
    public static double PerfectOfCosts(IReadOnlyList<double[]> costs)
    {
        var ofSmallest = 0.0;
        for (var run = 0; run < costs[0].Length; run++) ofSmallest += costs.Min(c => c[run]);
        return costs.Min(static c => c.Average()) - (ofSmallest / costs[0].Length);
    }
}
