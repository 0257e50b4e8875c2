namespace MLOpsGovernance.Advisor.Uncertainty;

/// <param name="PilotCost">Of buying now and deciding on building a year later.</param>
/// <param name="Best">pilot, build or buy.</param>
/// <param name="ValueOfWaiting">May be negative.</param>
public sealed record StagedPlan(double PilotCost, string Best, double ValueOfWaiting)
{
    /// <param name="unique">The probability that the pilot shows a need for building.</param>
    public static StagedPlan Of(double pilot, double unique, double build, double stay, double rate, double commitBuild, double commitBuy)
    {
        var cost = pilot + (((unique * build) + ((1 - unique) * stay)) / (1 + rate));
        var committed = Math.Min(commitBuild, commitBuy);
        return new(cost, cost < committed ? "pilot" : commitBuild <= commitBuy ? "build" : "buy", committed - cost);
    }
}
