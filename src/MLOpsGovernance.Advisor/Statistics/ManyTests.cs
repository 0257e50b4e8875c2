namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>p-values of many tests at once, adjusted; in the order in which they came.</summary>
public static class ManyTests
{
    /// <summary>Holm: holds the probability of a single false alarm among all tests. For gates.</summary>
    public static IReadOnlyList<double> Holm(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var highest = 0.0;
        foreach (var (index, rank) in Ascending(p))
        {
            highest = Math.Max(highest, Math.Min(1, (p.Count - rank) * p[index]));
            adjusted[index] = highest;
        }

        return adjusted;
    }

    /// <summary>Benjamini and Hochberg: holds the share of false alarms among the alarms. For dashboards.</summary>
    public static IReadOnlyList<double> BenjaminiHochberg(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        var lowest = 1.0;
        foreach (var (index, rank) in Ascending(p).Reverse())
        {
            lowest = Math.Min(lowest, p[index] * p.Count / (rank + 1));
            adjusted[index] = lowest;
        }

        return adjusted;
    }

    private static IEnumerable<(int Index, int Rank)> Ascending(IReadOnlyList<double> p) =>
        Enumerable.Range(0, p.Count).OrderBy(i => p[i]).Select(static (index, rank) => (index, rank));
}
