using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Uncertainty;

/// <summary>A quantity that is positive and skewed, from the values that it stays below in one and in nine cases of ten.</summary>
public sealed record Lognormal(double Mu, double Sigma)
{
    private static readonly double NinetiethPercentile = Normal.Quantile(0.9);

    public double Median => Math.Exp(Mu);

    public double Mean => Math.Exp(Mu + (Sigma * Sigma / 2));

    public static Lognormal FromP10P90(double p10, double p90) =>
        new((Math.Log(p10) + Math.Log(p90)) / 2, (Math.Log(p90) - Math.Log(p10)) / (2 * NinetiethPercentile));
}

/// <summary>Mean of a three-point estimate.</summary>
public static class Pert
{
    public static double Mean(double low, double mode, double high) => (low + (4 * mode) + high) / 6;
}
