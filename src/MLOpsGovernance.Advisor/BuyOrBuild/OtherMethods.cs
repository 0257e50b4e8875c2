using MLOpsGovernance.Advisor.Criteria;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="HigherIsBetter">Whether more of it is better.</param>
/// <param name="Scale">Worst and best acceptable value, declared before options are known.</param>
public sealed record Criterion(string Name, double Weight, bool HigherIsBetter, LocalScale Scale);

/// <param name="Reversals">Pairs whose order under TOPSIS turns when a third alternative is left out: a reason to trust it less.</param>
public sealed record OtherMethodsResult(IReadOnlyList<string> Alternatives, IReadOnlyList<double> WeightedSums, IReadOnlyList<double> Closeness, IReadOnlyList<string> Reversals, string BestBySum, string BestByTopsis);

/// <summary>The appendix: would another method disagree? The recommendation comes from the portfolio result alone.</summary>
public static class OtherMethods
{
    public static OtherMethodsResult Of(IReadOnlyList<string> alternatives, IReadOnlyList<IReadOnlyList<double>> values, IReadOnlyList<Criterion> criteria)
    {
        double[] weights = [.. criteria.Select(c => c.Weight / criteria.Sum(static o => o.Weight))];
        var sums = WeightedSum.Scores([.. values.Select(row => (double[])[.. row.Select((v, j) => criteria[j].Scale.Of(v))])], weights);
        var closeness = Closeness(values, criteria, weights);
        return new(alternatives, sums, closeness, Reversals(alternatives, values, criteria, weights, closeness), Best(alternatives, sums), Best(alternatives, closeness));
    }

    public static IEnumerable<InputFault> Faults(IReadOnlyList<Criterion> criteria)
    {
        for (var i = 0; i < criteria.Count; i++)
        {
            if (!(double.IsFinite(criteria[i].Weight) && criteria[i].Weight >= 0)) yield return new($"criteria[{i}].weight", "number-out-of-range", "A weight is a finite number, 0 or more.");
            if (!double.IsFinite(criteria[i].Scale.Worst) || !double.IsFinite(criteria[i].Scale.Best) || criteria[i].Scale.Worst == criteria[i].Scale.Best) yield return new($"criteria[{i}].scale", "scale-without-length", "Worst and best are two different finite numbers.");
        }

        if (criteria.Sum(static c => c.Weight) is 0) yield return new("criteria", "weights-sum-to-zero", "At least one criterion must have a weight above 0.");
    }

    private static IReadOnlyList<double> Closeness(IReadOnlyList<IReadOnlyList<double>> values, IReadOnlyList<Criterion> criteria, double[] weights) =>
        Topsis.Closeness(values, weights, [.. criteria.Select(static c => c.HigherIsBetter)]);

    private static List<string> Reversals(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> values, IReadOnlyList<Criterion> criteria, double[] weights, IReadOnlyList<double> all)
    {
        List<string> found = [];
        for (var left = 0; left < names.Count && names.Count > 2; left++)
        {
            int[] kept = [.. Enumerable.Range(0, names.Count).Where(i => i != left)];
            var without = Closeness([.. kept.Select(i => values[i])], criteria, weights);
            var pairs = Enumerable.Range(0, kept.Length).SelectMany(a => Enumerable.Range(a + 1, kept.Length - a - 1).Select(b => (A: a, B: b)));
            found.AddRange(pairs.Where(p => (all[kept[p.A]] - all[kept[p.B]]) * (without[p.A] - without[p.B]) < -1e-12).Select(p => $"{names[kept[p.A]]} and {names[kept[p.B]]} without {names[left]}"));
        }

        return found;
    }

    private static string Best(IReadOnlyList<string> names, IReadOnlyList<double> scores) => names[Enumerable.Range(0, names.Count).MaxBy(i => scores[i])];
}
