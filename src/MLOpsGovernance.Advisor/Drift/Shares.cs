namespace MLOpsGovernance.Advisor.Drift;

/// <summary>Counts or proportions as shares that add up to one.</summary>
internal static class Shares
{
    public static double[] Of(IReadOnlyList<double> counts)
    {
        var total = counts.Sum();
        return [.. counts.Select(c => c / total)];
    }
}
