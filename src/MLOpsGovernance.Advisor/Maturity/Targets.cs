namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Share">1 where every target is met; null where no target asks for anything.</param>
public sealed record TargetShare(double Gap, double Wanted, double? Share);

/// <summary>How far targets are met. Doing more than was asked for in one place makes up for nothing in another.</summary>
public static class Targets
{
    public static TargetShare Met(IReadOnlyList<double> current, IReadOnlyList<double> target)
    {
        var gap = current.Zip(target, static (c, t) => Math.Max(0, t - c)).Sum();
        var wanted = target.Sum();
        return new(gap, wanted, wanted > 0 ? 1 - (gap / wanted) : null);
    }

    /// <summary>The part of the way from baseline to target; null, a dash and not a percentage, where there was no way to go.</summary>
    public static double? Progress(double baseline, double current, double target) => target == baseline ? null : (current - baseline) / (target - baseline);
}
