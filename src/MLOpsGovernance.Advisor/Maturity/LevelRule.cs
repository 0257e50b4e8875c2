namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Level">The level that the question is anchored at, 1 to 4.</param>
/// <param name="Score">0 to 1; null where nobody answered.</param>
/// <param name="Applicable">False where it was agreed that the question does not apply.</param>
public sealed record ScoredQuestion(string Id, int Level, bool Critical, double Weight, double? Score, bool Applicable = true);

/// <param name="Fraction">How far the next level is reached, below 1 even where only a critical question stands in the way.</param>
public sealed record DimensionLevel(int Level, double Fraction)
{
    public double Display => Level + Fraction;
}

/// <param name="Low">With every unanswered question as not done.</param>
/// <param name="High">With every unanswered question as done and automated.</param>
/// <param name="Answered">Answered weight of the applicable weight.</param>
public sealed record LevelBounds(DimensionLevel Low, DimensionLevel High, double Answered)
{
    public const double EnoughAnswered = 0.8;

    /// <summary>Below this share of answers there is a profile, but no level to put in a headline.</summary>
    public bool Headline => Answered >= EnoughAnswered;

    /// <summary>The level holds however the open questions will be answered.</summary>
    public bool Confirmed => Low.Level == High.Level;
}

/// <summary>
/// A level is attained where the one below is, the questions anchored at it reach three quarters, and no critical question up to it is below one half.
/// </summary>
public static class LevelRule
{
    public const int Highest = 4;
    public const double Support = 0.75, CriticalFloor = 0.5, MostFraction = 0.99;

    /// <summary>Sums of weights are not exact; a share that misses the threshold by less than this does not miss it.</summary>
    private const double Rounding = 1e-12;

    public static DimensionLevel Of(IReadOnlyCollection<ScoredQuestion> questions, double unanswered = 0)
    {
        List<ScoredQuestion> applicable = [.. questions.Where(static q => q.Applicable)];
        double Score(ScoredQuestion question) => question.Score ?? unanswered;

        double? Share(int level)
        {
            var weight = applicable.Where(q => q.Level == level).Sum(static q => q.Weight);
            return weight > 0 ? applicable.Where(q => q.Level == level).Sum(q => q.Weight * Score(q)) / weight : null;
        }

        bool Attained(int level) =>
            (Share(level) ?? 1) >= Support - Rounding && !applicable.Exists(q => q.Critical && q.Level <= level && Score(q) < CriticalFloor - Rounding);

        var reached = 0;
        while (reached < Highest && Attained(reached + 1)) reached++;
        return new(reached, reached == Highest ? 0 : Math.Min(MostFraction, Share(reached + 1) ?? 0));
    }

    public static LevelBounds Bounds(IReadOnlyCollection<ScoredQuestion> questions)
    {
        var applicable = questions.Where(static q => q.Applicable).Sum(static q => q.Weight);
        var answered = questions.Where(static q => q is { Applicable: true, Score: not null }).Sum(static q => q.Weight);
        return new(Of(questions), Of(questions, 1), applicable > 0 ? answered / applicable : 0);
    }
}
