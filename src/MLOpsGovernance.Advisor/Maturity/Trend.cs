namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Progress">The part of the way to the target since then; null where there was no way to go.</param>
public sealed record DimensionTrend(string Dimension, double Before, double Now, double? Progress);

/// <summary>From one assessment to the next, by one version of the instrument.</summary>
public sealed record Trend(int FloorBefore, int FloorNow, double MeanBefore, double MeanNow, IReadOnlyList<DimensionTrend> Dimensions, IReadOnlyList<string> Better, IReadOnlyList<string> Worse)
{
    public static Trend Between(AssessmentResult before, AssessmentResult now, double target = LevelRule.Highest) => new(
        before.Floor, now.Floor, before.Mean, now.Mean,
        [.. before.Dimensions.Zip(now.Dimensions, (a, b) => new DimensionTrend(a.Dimension.Id, a.Level.Display, b.Level.Display, Targets.Progress(a.Level.Display, b.Level.Display, target)))],
        Moved(before, now, static difference => difference > 0),
        Moved(before, now, static difference => difference < 0));

    private static List<string> Moved(AssessmentResult before, AssessmentResult now, Func<double, bool> which) =>
        [.. before.Questions.Zip(now.Questions).Where(p => which((p.Second.Final ?? 0) - (p.First.Final ?? 0))).Select(static p => p.Second.Question.Id)];
}
