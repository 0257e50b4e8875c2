namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>A quantity nobody knows exactly: it stays below P10 in one case of ten, and below P90 in nine.</summary>
/// <param name="P50">Where nothing is said, the geometric mean of the two, which makes it lognormal.</param>
/// <param name="Source">Where it comes from. Without one it is shown as without source.</param>
/// <param name="AsOf">When that was so.</param>
public sealed record Estimate(double P10, double P90, double? P50 = null, string? Source = null, DateOnly? AsOf = null)
{
    /// <summary>A price older than this is stale, and said to be.</summary>
    public const int DaysFresh = 90;

    private const double NinetiethPercentile = 1.2815515655446004;

    public static Estimate Exactly(double value, string? source = null, DateOnly? asOf = null) => new(value, value, value, source, asOf);

    public double Middle => P50 ?? (P10 > 0 ? Math.Sqrt(P10 * P90) : (P10 + P90) / 2);

    public bool IsCertain => P10 == P90;

    public bool IsStale(DateOnly today) => AsOf is { } asOf && today.DayNumber - asOf.DayNumber > DaysFresh;

    /// <summary>The value at a standard normal draw: lognormal above zero, else normal and never negative. Each half keeps its quantile, so that all three are met. Raising all three by one factor lowers no value.</summary>
    public double At(double z)
    {
        var (end, sign) = z < 0 ? (P10, -1) : (P90, 1);
        var steps = z * sign / NinetiethPercentile;
        return P10 > 0 ? Middle * Math.Pow(end / Middle, steps) : Math.Max(0, Middle + ((end - Middle) * steps));
    }

    internal IEnumerable<InputFault> Faults(string at)
    {
        if (!double.IsFinite(P10) || !double.IsFinite(P90) || P50 is { } middle && !double.IsFinite(middle)) yield return new(at, "not-a-number", "Every quantile is a finite number.");
        else if (P10 < 0) yield return new($"{at}.p10", "negative", "No cost, effort or time is below 0.");
        else if (P10 > P90) yield return new($"{at}.p10", "quantiles-out-of-order", "P10 is at most P90.");
        else if (P50 < P10 || P50 > P90) yield return new($"{at}.p50", "quantiles-out-of-order", "P50 lies between P10 and P90.");
        else if (P90 > 1e12) yield return new($"{at}.p90", "too-large", "Nothing here is above 1,000,000,000,000.");
    }
}
