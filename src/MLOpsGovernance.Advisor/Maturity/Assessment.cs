namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>From answers and evidence to levels. The input must be free of <see cref="AssessmentFaults"/>.</summary>
public static class Assessment
{
    public const double UsualWeight = 1;

    public static AssessmentResult Of(AssessmentInput input, Instrument instrument) => Of([.. instrument.Questions.Select(q => QuestionResult.Of(q, input))], input.Weights, instrument);

    internal static AssessmentResult Of(IReadOnlyList<QuestionResult> questions, IReadOnlyDictionary<string, double> weights, Instrument instrument)
    {
        var byDimension = questions.ToLookup(static q => q.Question.Dimension, StringComparer.Ordinal);
        List<DimensionResult> dimensions = [.. instrument.Dimensions.Select(d => OfDimension(d, weights.GetValueOrDefault(d.Id, UsualWeight), [.. byDimension[d.Id]]))];
        List<QuestionResult> applicable = [.. questions.Where(static q => q.Applicable)];
        var weight = applicable.Sum(static q => q.Question.Weight);
        double Share(Func<QuestionResult, bool> counts) => weight > 0 ? applicable.Where(counts).Sum(static q => q.Question.Weight) / weight : 0;

        var (low, high) = (Weighed(dimensions, static d => d.Bounds.Low), Weighed(dimensions, static d => d.Bounds.High));
        return new(
            OverallRule.Floor(low),
            OverallRule.Floor(high),
            Mean(low),
            Mean(high),
            Share(static q => q.Final is not null),
            Share(static q => q.Standing == Standing.Evidenced),
            Calibration.Of([.. applicable.Where(static q => q.Delta is not null).Select(static q => q.Delta!.Value)]),
            Target(applicable),
            dimensions,
            questions,
            [.. questions.Where(static q => q.Contradicts).OrderByDescending(static q => q.Question.Critical).ThenByDescending(static q => q.Delta).ThenBy(static q => q.Question.Id, StringComparer.Ordinal)]);
    }

    private static DimensionResult OfDimension(Dimension dimension, double weight, List<QuestionResult> questions)
    {
        var bounds = LevelRule.Bounds([.. questions.Select(static q => q.Scored())]);
        List<QuestionResult> applicable = [.. questions.Where(static q => q.Applicable)];
        return new(
            dimension, weight, bounds,
            LevelRule.Of([.. questions.Select(static q => q.Scored(withExemptions: false))]),
            Target(applicable),
            applicable.Count > 0,
            applicable.Exists(q => q.Question.Level <= bounds.Low.Level + 1 && (q.Provisional || q.Standing is Standing.Thin or Standing.AttestedUnreviewed)));
    }

    private static TargetShare Target(IReadOnlyCollection<QuestionResult> applicable) => Targets.Met([.. applicable.Select(static q => q.Final ?? 0)], [.. applicable.Select(static q => q.Target)]);

    private static List<WeighedDimension> Weighed(IEnumerable<DimensionResult> dimensions, Func<DimensionResult, DimensionLevel> level) =>
        [.. dimensions.Where(static d => d.Assessed).Select(d => new WeighedDimension(d.Dimension.Id, d.Dimension.Core, d.Weight, level(d)))];

    private static double Mean(List<WeighedDimension> dimensions) => dimensions.Sum(static d => d.Weight) > 0 ? OverallRule.Mean(dimensions) : 0;
}
