namespace MLOpsGovernance.Advisor.Criteria;

/// <param name="Ratio">By table of random indices; null where the table has none for so many names.</param>
/// <param name="WorstTriple">The three names whose judgments contradict each other most; null for fewer than three.</param>
/// <param name="Completed">Pairs that nobody judged, with the value that keeps the rest as consistent as it can be.</param>
public sealed record AhpWeights(IReadOnlyDictionary<string, double> Weights, double LargestEigenvalue, IReadOnlyDictionary<string, double?> Ratio, IReadOnlyList<string>? WorstTriple, IReadOnlyList<Judgment> Completed);

/// <summary>Weights from judgments of pairs (Saaty): the principal eigenvector, with how consistent the judgments are.</summary>
public static class Ahp
{
    public const double MostInconsistency = 0.10;
    public const string Saaty2005 = "saaty2005", DoneganDodd = "donegan_dodd";

    /// <summary>Tables differ, so a ratio without the name of its table says nothing. The first entry is for three names.</summary>
    private static readonly Dictionary<string, double[]> RandomIndices = new(StringComparer.Ordinal)
    {
        [Saaty2005] = [.52, .89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49],
        [DoneganDodd] = [.4914, .8286, 1.0591, 1.1797, 1.2519, 1.3171, 1.3733, 1.4055],
    };

    public static AhpWeights Weigh(IReadOnlyList<string> names, IReadOnlyList<Judgment> judgments)
    {
        var (matrix, completed) = Completion.Of(PairwiseJudgments.Matrix(names, judgments));
        var (vector, eigenvalue) = Completion.Principal(matrix);
        var weights = names.Select((name, i) => (name, vector[i])).ToDictionary(static n => n.name, static n => n.Item2, StringComparer.Ordinal);
        var index = names.Count < 3 ? 0 : Math.Max(0, (eigenvalue - names.Count) / (names.Count - 1));
        return new(
            weights,
            eigenvalue,
            RandomIndices.ToDictionary(static t => t.Key, t => names.Count < 3 ? 0 : names.Count - 3 < t.Value.Length ? index / t.Value[names.Count - 3] : (double?)null, StringComparer.Ordinal),
            WorstTriple(names, matrix),
            [.. completed.Select(c => new Judgment(names[c.I], names[c.J], matrix[c.I][c.J]))]);
    }

    /// <summary>The field and the reason for every judgment that cannot be used.</summary>
    public static IEnumerable<InputFault> Faults(IReadOnlyList<string> names, IReadOnlyList<Judgment> judgments, string field) => PairwiseJudgments.Faults(names, judgments, field);

    private static string[]? WorstTriple(IReadOnlyList<string> names, double[][] matrix) =>
        (from i in Enumerable.Range(0, names.Count)
         from j in Enumerable.Range(i + 1, names.Count - i - 1)
         from k in Enumerable.Range(j + 1, names.Count - j - 1)
         orderby Math.Abs(Math.Log(matrix[i][j] * matrix[j][k] * matrix[k][i])) descending
         select (string[])[names[i], names[j], names[k]]).FirstOrDefault();
}
