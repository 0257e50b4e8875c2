namespace MLOpsGovernance.Advisor.Criteria;

/// <summary><paramref name="A"/> is <paramref name="Value"/> times as important as <paramref name="B"/>.</summary>
public sealed record Judgment(string A, string B, double Value);

/// <summary>Judgments as a reciprocal matrix; null where a pair was not judged.</summary>
internal static class PairwiseJudgments
{
    public const double Rounding = 1e-6;

    public static double?[][] Matrix(IReadOnlyList<string> names, IEnumerable<Judgment> judgments)
    {
        var at = names.Select(static (name, i) => (name, i)).ToDictionary(static n => n.name, static n => n.i, StringComparer.Ordinal);
        double?[][] matrix = [.. names.Select((_, i) => (double?[])[.. names.Select((_, j) => i == j ? 1.0 : (double?)null)])];
        foreach (var (a, b, value) in judgments)
        {
            matrix[at[a]][at[b]] = value;
            matrix[at[b]][at[a]] = 1 / value;
        }

        return matrix;
    }

    /// <summary>The field and the reason for every judgment that cannot be used.</summary>
    public static IEnumerable<InputFault> Faults(IReadOnlyList<string> names, IReadOnlyList<Judgment> judgments, string field)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        var said = new Dictionary<(string, string), double>();
        if (known.Count != names.Count) yield return new($"{field}.names", "names-repeated", "Each name may stand there once.");
        for (var i = 0; i < judgments.Count; i++)
        {
            var (a, b, value) = judgments[i];
            var at = $"{field}.judgments[{i}]";
            if (!known.Contains(a) || !known.Contains(b)) yield return new(at, "unknown-name", $"'{a}' and '{b}' must both be among the names.");
            else if (!double.IsFinite(value) || value <= 0) yield return new(at, "judgment-not-positive", "A judgment is a number greater than 0, as a rule from 1/9 to 9.");
            else if (a == b && value != 1) yield return new(at, "judgment-of-itself", $"'{a}' is exactly as important as itself.");
            else if (said.TryGetValue((b, a), out var reverse) && Math.Abs((reverse * value) - 1) > Rounding) yield return new(at, "judgments-not-reciprocal", FormattableString.Invariant($"'{b}' against '{a}' was judged {reverse:G6}, so '{a}' against '{b}' must be {1 / reverse:G6} and not {value:G6}."));
            else if (said.TryGetValue((a, b), out var before) && Math.Abs((before / value) - 1) > Rounding) yield return new(at, "judgments-contradict", $"'{a}' against '{b}' was judged twice, and differently.");
            else said[(a, b)] = value;
        }
    }
}
