using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Drift;

/// <summary>
/// The population stability index over bins. Without any drift it is about (1/n + 1/m) times a chi-square with one degree of freedom less than there are bins,
/// so a fixed threshold alarms on most small samples; see docs/maturity-method.md.
/// </summary>
public static class PopulationStability
{
    /// <summary>What an empty bin counts as, without renormalising.</summary>
    public const double EmptyBin = 0.0001;

    /// <summary>Above this mean under no drift, samples are too small for the index to say anything.</summary>
    public const double MostNoise = 0.05;

    public static double Index(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (p, q) = (Shares.Of(reference), Shares.Of(current));
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            var (a, b) = (p[i] <= 0 ? EmptyBin : p[i], q[i] <= 0 ? EmptyBin : q[i]);
            sum += (a - b) * Math.Log(a / b);
        }

        return sum;
    }

    public static double CriticalValue(double reference, double current, int bins, double alpha) => Noise(reference, current) * ChiSquareDistribution.Quantile(1 - alpha, bins - 1);

    /// <summary>The index to expect where nothing has changed.</summary>
    public static double ExpectedWithoutDrift(double reference, double current, int bins) => (bins - 1) * Noise(reference, current);

    public static bool SamplesAreTooSmall(double reference, double current, int bins) => ExpectedWithoutDrift(reference, current, bins) > MostNoise + 1e-12;

    private static double Noise(double reference, double current) => (1 / reference) + (1 / current);
}
