using System.Text.Json.Serialization;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

[JsonConverter(typeof(JsonStringEnumConverter<Reading>))]
public enum Reading
{
    [JsonStringEnumMemberName("mixed")]
    Mixed,
    [JsonStringEnumMemberName("buy")]
    Buy,
    [JsonStringEnumMemberName("build")]
    Build,
}

/// <summary>Seven axes, each from -1 (buy) to +1 (build). The lean is for conversation; the portfolio is the recommendation.</summary>
public static class Axes
{
    public const double Decided = 0.25;

    /// <summary>By the mean level of the assessment, 0 to 4. Not causal: those who built early and failed are not in anybody's sample.</summary>
    public static double Maturity(double mean) => (mean / 2) - 1;

    /// <summary>Positive where building is the cheaper.</summary>
    public static double CostHorizon(double costOfBuying, double costOfBuilding)
    {
        var greater = Math.Max(costOfBuying, costOfBuilding);
        return greater == 0 ? 0 : Math.Clamp((costOfBuying - costOfBuilding) / greater, -1, 1);
    }

    /// <summary>Negative where the date comes before building could be done.</summary>
    public static double Urgency(double monthsToTarget, double monthsToBuild) =>
        monthsToBuild == 0 ? Math.Sign(monthsToTarget) : Math.Clamp((monthsToTarget - monthsToBuild) / monthsToBuild, -1, 1);

    /// <summary>By the share of must-have requirements that nothing on the market meets.</summary>
    public static double Uniqueness(int unmet, int mustHaves) => mustHaves == 0 ? -1 : (2.0 * unmet / mustHaves) - 1;

    public static double Lean(IReadOnlyCollection<(double Value, double Weight)> axes) => axes.Sum(static a => a.Value * a.Weight) / axes.Sum(static a => a.Weight);

    public static Reading Read(double lean) => lean switch
    {
        <= -Decided => Reading.Buy,
        >= Decided => Reading.Build,
        _ => Reading.Mixed,
    };
}
