namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>The chi-square distribution with <c>degrees</c> degrees of freedom.</summary>
public static class ChiSquareDistribution
{
    /// <summary>The probability of a value of at least <paramref name="x"/>; 1 where there is no freedom at all.</summary>
    public static double Survival(double x, int degrees) => degrees <= 0 ? 1 : GammaFunction.Upper(degrees / 2.0, x / 2);

    /// <summary>The value that is exceeded with probability 1 - <paramref name="p"/>.</summary>
    public static double Quantile(double p, int degrees)
    {
        if (degrees <= 0 || p <= 0) return 0;
        var (low, high) = (0.0, (double)degrees);
        while (GammaFunction.Lower(degrees / 2.0, high / 2) < p) (low, high) = (high, high * 2);
        for (var i = 0; i < 200 && high - low > 1e-14 * high; i++)
        {
            var middle = (low + high) / 2;
            if (GammaFunction.Lower(degrees / 2.0, middle / 2) < p) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
