namespace MLOpsGovernance.Advisor.Drift;

/// <param name="D">The largest difference between the two empirical distribution functions.</param>
/// <param name="P">The probability of at least that difference where both samples come from one distribution.</param>
/// <param name="Exact">Whether P was counted, or taken from the limit for large samples.</param>
public sealed record KolmogorovSmirnovResult(double D, double P, bool Exact);

/// <summary>The two-sample test. Exact while n times m is at most a million; ties are ignored in counting, which makes P too large rather than too small.</summary>
public static class KolmogorovSmirnov
{
    public const long MostCounted = 1_000_000;

    public static KolmogorovSmirnovResult Test(IReadOnlyList<double> u, IReadOnlyList<double> v)
    {
        var (n, m) = ((long)u.Count, (long)v.Count);
        var steps = LargestStep([.. u.Order()], [.. v.Order()]);
        var d = (double)steps / (n * m);
        return n * m <= MostCounted ? new(d, Outside((int)n, (int)m, steps), true) : new(d, Limit(d * Math.Sqrt((double)n * m / (n + m))), false);
    }

    /// <summary>
    /// Of counts in the same bins, where the values themselves are gone. The difference is looked at at the edges alone, so it is rather too small than too large, and P from the limit rather too large than too small.
    /// </summary>
    public static KolmogorovSmirnovResult OfCounts(IReadOnlyList<double> u, IReadOnlyList<double> v)
    {
        var (n, m, difference, largest) = (u.Sum(), v.Sum(), 0.0, 0.0);
        for (var i = 0; i < u.Count; i++)
        {
            difference += (u[i] / n) - (v[i] / m);
            largest = Math.Max(largest, Math.Abs(difference));
        }

        return new(largest, Limit(largest * Math.Sqrt(n * m / (n + m))), false);
    }

    /// <summary>The largest difference in units of 1/(n m), so that it stays a whole number.</summary>
    private static long LargestStep(double[] u, double[] v)
    {
        var (i, j, largest) = (0, 0, 0L);
        while (i < u.Length && j < v.Length)
        {
            var at = Math.Min(u[i], v[j]);
            while (i < u.Length && u[i] <= at) i++;
            while (j < v.Length && v[j] <= at) j++;
            largest = Math.Max(largest, Math.Abs(((long)i * v.Length) - ((long)j * u.Length)));
        }

        return largest;
    }

    /// <summary>The share of all lattice paths from (0, 0) to (n, m) that somewhere stray at least as far from the diagonal.</summary>
    private static double Outside(int n, int m, long steps)
    {
        if (steps == 0) return 1;
        var row = new double[m + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
            {
                row[j] = Math.Abs(((long)i * m) - ((long)j * n)) >= steps ? 1
                    : i + j == 0 ? 0
                    : ((i == 0 ? 0 : row[j] * i) + (j == 0 ? 0 : row[j - 1] * j)) / (i + j);
            }
        }

        return row[m];
    }

    /// <summary>Kolmogorov's limit, by the series that converges fast for this <paramref name="lambda"/>.</summary>
    private static double Limit(double lambda)
    {
        if (lambda <= 0) return 1;
        var sum = 0.0;
        if (lambda < 1)
        {
            for (var k = 1; k < 40; k += 2) sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * lambda * lambda));
            return 1 - (Math.Sqrt(2 * Math.PI) / lambda * sum);
        }

        for (var k = 1; k < 40; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }
}
