namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>An interval for a share; what a count of few things really shows.</summary>
public sealed record ShareInterval(double Lower, double Upper);

/// <summary>Wilson's score interval.</summary>
public static class Wilson
{
    public const double Confidence = 0.95;

    /// <summary>With nothing counted, anything between none and all is possible.</summary>
    public static ShareInterval Interval(long successes, long n, double confidence = Confidence)
    {
        if (n <= 0) return new(0, 1);
        var z = Normal.Quantile(0.5 + (confidence / 2));
        var p = (double)successes / n;
        var centre = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n))) / (1 + (z * z / n));
        // At none and at all the interval ends there exactly, whatever rounding says.
        return new(successes == 0 ? 0 : centre - half, successes == n ? 1 : centre + half);
    }

    /// <summary>How many successes without a failure it takes before the lower end reaches <paramref name="share"/>.</summary>
    public static int PerfectRunsNeeded(double share, double confidence = Confidence)
    {
        var z = Normal.Quantile(0.5 + (confidence / 2));
        var n = Math.Max(0, (int)Math.Ceiling(share * z * z / (1 - share)) - 1);
        while (n / (n + (z * z)) < share) n++;
        return n;
    }
}
