namespace MLOpsGovernance.Advisor.Criteria;

/// <summary>A set of names and how they compare to each other.</summary>
public sealed record Comparison(IReadOnlyList<string> Names, IReadOnlyList<Judgment> Judgments);

/// <param name="Below">Sub-criteria by the name of what they belong to; their weights multiply down the tree.</param>
/// <param name="Alternatives">Judged under each criterion that has nothing below it.</param>
public sealed record CriteriaTree(Comparison Goal, IReadOnlyDictionary<string, Comparison> Below, IReadOnlyDictionary<string, Comparison> Alternatives);

/// <summary>A hierarchy of criteria over alternatives.</summary>
public static class Hierarchy
{
    public static IReadOnlyDictionary<string, double> Weigh(CriteriaTree tree)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        Spread(tree, tree.Goal, 1, weights);
        return weights;
    }

    private static void Spread(CriteriaTree tree, Comparison comparison, double share, Dictionary<string, double> weights)
    {
        foreach (var (name, weight) in Ahp.Weigh(comparison.Names, comparison.Judgments).Weights)
        {
            if (tree.Below.TryGetValue(name, out var below))
            {
                Spread(tree, below, share * weight, weights);
                continue;
            }

            var alternatives = tree.Alternatives[name];
            foreach (var (alternative, local) in Ahp.Weigh(alternatives.Names, alternatives.Judgments).Weights)
                weights[alternative] = weights.GetValueOrDefault(alternative) + (share * weight * local);
        }
    }
}
