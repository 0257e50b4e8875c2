using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Uncertainty;

/// <summary>Total Sobol indices of independent inputs by Jansen's estimator: the share of the variance that would remain if all others were known. The simulator is cheap, so this is computed and not learned.</summary>
public static class SensitivityIndices
{
    /// <param name="inputs">A way to draw each input.</param>
    public static IReadOnlyList<double> Total(IReadOnlyList<Func<double, double>> inputs, Func<double[], double> output, int draws, ulong seed)
    {
        var source = new Draws(seed, "sobol");
        double[][] Drawn() => [.. Enumerable.Range(0, draws).Select(_ => (double[])[.. inputs.Select(input => input(source.Uniform()))])];

        var (rows, others) = (Drawn(), Drawn());
        double[] values = [.. rows.Select(output)];
        var variance = Samples.Variance(values);
        return [.. inputs.Select((_, i) => variance == 0 ? 0 : rows.Select((row, r) =>
        {
            var changed = (double[])row.Clone();
            changed[i] = others[r][i];
            var difference = values[r] - output(changed);
            return difference * difference;
        }).Sum() / (2.0 * draws * variance))];
    }
}
