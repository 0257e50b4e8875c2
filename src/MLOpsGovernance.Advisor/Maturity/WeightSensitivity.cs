namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Dimension">Whose weight would have to change.</param>
/// <param name="Swaps">The two dimensions that would change places.</param>
public sealed record SmallestWeightChange(string Dimension, double From, double To, IReadOnlyList<string> Swaps);

/// <summary>How firm the order of gaps is against the weights, which nobody measured.</summary>
public static class WeightSensitivity
{
    /// <summary>Dimensions by weight times what is missing to the highest level.</summary>
    public static IReadOnlyList<string> Ranking(AssessmentResult result) => [.. Gaps(result).Select(static g => g.Id)];

    /// <summary>The smallest change of one weight that alters the order; null where none does.</summary>
    public static SmallestWeightChange? Of(AssessmentResult result)
    {
        var gaps = Gaps(result);
        return gaps.Zip(gaps.Skip(1)).SelectMany(static pair => Changes(pair.First, pair.Second)).MinBy(static c => Math.Abs(c.To - c.From));
    }

    private static IEnumerable<SmallestWeightChange> Changes((string Id, double Weight, double Missing) above, (string Id, double Weight, double Missing) below)
    {
        if (above.Missing > 0) yield return new(above.Id, above.Weight, below.Weight * below.Missing / above.Missing, [above.Id, below.Id]);
        if (below.Missing > 0) yield return new(below.Id, below.Weight, above.Weight * above.Missing / below.Missing, [above.Id, below.Id]);
    }

    private static List<(string Id, double Weight, double Missing)> Gaps(AssessmentResult result) =>
    [
        .. result.Dimensions.Where(static d => d.Assessed).Select(static d => (d.Dimension.Id, d.Weight, Missing: LevelRule.Highest - d.Level.Display))
            .OrderByDescending(static g => g.Weight * g.Missing).ThenBy(static g => g.Id, StringComparer.Ordinal),
    ];
}
