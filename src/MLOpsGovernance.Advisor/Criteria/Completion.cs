namespace MLOpsGovernance.Advisor.Criteria;

/// <summary>Fills in the pairs that nobody judged so that the largest eigenvalue is as small as it can be (Bozóki, Fülöp and Rónyai 2010).</summary>
internal static class Completion
{
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    public static (double[][] Matrix, IReadOnlyList<(int I, int J)> Completed) Of(double?[][] judged)
    {
        List<(int I, int J)> missing = [.. from i in Enumerable.Range(0, judged.Length) from j in Enumerable.Range(i + 1, judged.Length - i - 1) where judged[i][j] is null select (i, j)];
        double[][] matrix = [.. judged.Select(static row => (double[])[.. row.Select(static v => v ?? 1)])];
        // The eigenvalue is convex in the logarithms of the missing entries, so that going along one after the other ends at the minimum.
        for (var round = 0; round < 200 && missing.Count > 0; round++)
        {
            var moved = 0.0;
            foreach (var (i, j) in missing)
            {
                var before = Math.Log(matrix[i][j]);
                var after = Minimise(at => { Set(matrix, i, j, Math.Exp(at)); return Principal(matrix).Eigenvalue; }, -10, 10);
                Set(matrix, i, j, Math.Exp(after));
                moved = Math.Max(moved, Math.Abs(after - before));
            }

            if (moved < 1e-7) break;
        }

        return (matrix, missing);
    }

    /// <summary>The principal eigenvector, normalised to one, by iterating; a positive matrix converges from anywhere.</summary>
    public static (double[] Vector, double Eigenvalue) Principal(double[][] matrix)
    {
        double[] vector = [.. Enumerable.Repeat(1.0 / matrix.Length, matrix.Length)];
        var eigenvalue = 0.0;
        for (var i = 0; i < 10_000; i++)
        {
            double[] next = [.. matrix.Select(row => row.Zip(vector, static (a, v) => a * v).Sum())];
            eigenvalue = next.Sum();
            var moved = 0.0;
            for (var k = 0; k < next.Length; k++)
            {
                next[k] /= eigenvalue;
                moved = Math.Max(moved, Math.Abs(next[k] - vector[k]));
            }

            vector = next;
            if (moved < 1e-15) break;
        }

        return (vector, eigenvalue);
    }

    private static void Set(double[][] matrix, int i, int j, double value) => (matrix[i][j], matrix[j][i]) = (value, 1 / value);

    private static double Minimise(Func<double, double> f, double low, double high)
    {
        while (high - low > 1e-9)
        {
            var (a, b) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
            if (f(a) < f(b)) high = b;
            else low = a;
        }

        return (low + high) / 2;
    }
}
