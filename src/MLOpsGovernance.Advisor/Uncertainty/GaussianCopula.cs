using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Uncertainty;

/// <summary>Makes independent standard normal draws depend on each other as a correlation matrix says, whatever distribution each of them is turned into afterwards.</summary>
public static class GaussianCopula
{
    /// <summary>The lower triangle by which draws are mixed; null where the matrix is no correlation matrix (not positive definite).</summary>
    public static double[][]? Factor(IReadOnlyList<IReadOnlyList<double>> correlation)
    {
        var n = correlation.Count;
        double[][] lower = [.. Enumerable.Range(0, n).Select(_ => new double[n])];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = correlation[i][j];
                for (var k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
                if (i == j && rest <= 1e-12) return null;
                lower[i][j] = i == j ? Math.Sqrt(rest) : rest / lower[j][j];
            }
        }

        return lower;
    }

    /// <summary>In place; one array of draws for each variable.</summary>
    public static void Mix(double[][] lower, IReadOnlyList<double[]> draws)
    {
        for (var i = lower.Length - 1; i >= 0; i--)
        {
            for (var run = 0; run < draws[i].Length; run++)
            {
                var sum = 0.0;
                for (var k = 0; k <= i; k++) sum += lower[i][k] * draws[k][run];
                draws[i][run] = sum;
            }
        }
    }

    /// <summary>Pairs of standard normal draws with the given correlation.</summary>
    public static (double[] X, double[] Y) Pairs(double rho, int count, ulong seed)
    {
        var (x, y) = (new Draws(seed, "x").Normals(count), new Draws(seed, "y").Normals(count));
        var rest = Math.Sqrt(1 - (rho * rho));
        for (var i = 0; i < count; i++) y[i] = (rho * x[i]) + (rest * y[i]);
        return (x, y);
    }
}
