namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>The standard normal distribution, and what follows from it for decisions between two options.</summary>
public static class Normal
{
    public static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    public static double Cumulative(double z)
    {
        var tail = GammaFunction.Upper(0.5, z * z / 2) / 2;
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>The inverse of <see cref="Cumulative"/>, for p strictly between 0 and 1.</summary>
    public static double Quantile(double p)
    {
        var z = QuickQuantile(p);
        // One step of Halley's method brings the approximation from nine digits to fifteen.
        var error = (Cumulative(z) - p) / Density(z);
        return z - (error / (1 + (z * error / 2)));
    }

    /// <summary>Nine digits, for draws: Acklam's rational approximation.</summary>
    internal static double QuickQuantile(double p) => p switch
    {
        <= 0 => double.NegativeInfinity,
        >= 1 => double.PositiveInfinity,
        < 0.02425 => Tail(Math.Sqrt(-2 * Math.Log(p))),
        > 1 - 0.02425 => -Tail(Math.Sqrt(-2 * Math.Log(1 - p))),
        _ => Middle(p - 0.5),
    };

    /// <summary>E[max(0, Z - z)] for a standard normal Z.</summary>
    public static double UnitLoss(double z) => Density(z) - (z * (1 - Cumulative(z)));

    /// <summary>E[max(0, D)] for a normal D.</summary>
    public static double ExpectedPositivePart(double mean, double sd) =>
        sd <= 0 ? Math.Max(0, mean) : sd * (Density(mean / sd) + (mean / sd * Cumulative(mean / sd)));

    private static double Middle(double q)
    {
        var r = q * q;
        return ((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r) + 1.383577518672690e+02) * r) - 3.066479806614716e+01) * r) + 2.506628277459239e+00) * q
            / ((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r) - 1.328068155288572e+01) * r) + 1);
    }

    private static double Tail(double q) =>
        ((((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838e+00) * q) - 2.549732539343734e+00) * q) + 4.374664141464968e+00) * q) + 2.938163982698783e+00)
        / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996e+00) * q) + 3.754408661907416e+00) * q) + 1);
}
