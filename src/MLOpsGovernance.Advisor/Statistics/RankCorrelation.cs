namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>Spearman's and Kendall's correlation of values without ties, and what a Gaussian copula gives for either.</summary>
public static class RankCorrelation
{
    public static double SpearmanOfCopula(double rho) => 6 / Math.PI * Math.Asin(rho / 2);

    public static double KendallOfCopula(double rho) => 2 / Math.PI * Math.Asin(rho);

    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var (a, b) = (Ranks(x), Ranks(y));
        var squares = 0.0;
        for (var i = 0; i < a.Length; i++) squares += ((double)a[i] - b[i]) * (a[i] - b[i]);
        double n = a.Length;
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }

    public static double Kendall(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double[] byX = [.. Enumerable.Range(0, x.Count).OrderBy(i => x[i]).Select(i => y[i])];
        var pairs = (double)x.Count * (x.Count - 1) / 2;
        return 1 - (2 * Inversions(byX, new double[byX.Length], 0, byX.Length) / pairs);
    }

    private static int[] Ranks(IReadOnlyList<double> values)
    {
        var ranks = new int[values.Count];
        foreach (var (index, rank) in Enumerable.Range(0, values.Count).OrderBy(i => values[i]).Select(static (index, rank) => (index, rank))) ranks[index] = rank;
        return ranks;
    }

    private static double Inversions(double[] values, double[] room, int from, int to)
    {
        if (to - from < 2) return 0;
        var middle = (from + to) / 2;
        var found = Inversions(values, room, from, middle) + Inversions(values, room, middle, to);
        var (left, right) = (from, middle);
        for (var i = from; i < to; i++)
        {
            if (right >= to || (left < middle && values[left] <= values[right]))
            {
                room[i] = values[left++];
                continue;
            }

            found += middle - left;
            room[i] = values[right++];
        }

        Array.Copy(room, from, values, from, to - from);
        return found;
    }
}
