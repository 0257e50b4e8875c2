namespace MLOpsGovernance.Advisor.Criteria;

/// <summary>Closeness to the ideal and distance from its opposite (Hwang and Yoon). One row for each alternative.</summary>
public static class Topsis
{
    /// <param name="benefit">Whether more is better, for each criterion.</param>
    /// <param name="normalise">Divide each criterion by the length of its column first.</param>
    public static IReadOnlyList<double> Closeness(IReadOnlyList<IReadOnlyList<double>> matrix, IReadOnlyList<double> weights, IReadOnlyList<bool> benefit, bool normalise = true)
    {
        var columns = weights.Count;
        double[] lengths = [.. Enumerable.Range(0, columns).Select(j => normalise ? Length(matrix.Select(row => row[j])) : 1)];
        double[][] weighted = [.. matrix.Select(row => (double[])[.. Enumerable.Range(0, columns).Select(j => lengths[j] == 0 ? 0 : row[j] / lengths[j] * weights[j])])];
        double[] Extreme(bool best) => [.. Enumerable.Range(0, columns).Select(j => benefit[j] == best ? weighted.Max(r => r[j]) : weighted.Min(r => r[j]))];

        var (ideal, worst) = (Extreme(true), Extreme(false));
        return [.. weighted.Select(row =>
        {
            var (fromBest, fromWorst) = (Length(row.Zip(ideal, Difference)), Length(row.Zip(worst, Difference)));
            // Alternatives that are all alike are as close to one end as to the other.
            return fromBest + fromWorst == 0 ? 0.5 : fromWorst / (fromBest + fromWorst);
        })];
    }

    private static double Difference(double a, double b) => a - b;

    private static double Length(IEnumerable<double> values) => Math.Sqrt(values.Sum(static v => v * v));
}
