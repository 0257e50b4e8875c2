namespace MLOpsGovernance.Advisor.Maturity;

public sealed record LevelChange(string What, int From, int To);

/// <summary>What one question alone would change, if it were answered otherwise and the answer were borne out.</summary>
/// <param name="Levels">The floor, dimensions and columns of published models that would stand at another level.</param>
public sealed record WhatIfResult(string Question, double Score, LevelChange Floor, double MeanFrom, double MeanTo, IReadOnlyList<LevelChange> Levels)
{
    public double MeanGain => MeanTo - MeanFrom;
}

/// <param name="Effort">days, weeks or months, as the instrument says.</param>
public sealed record NextAction(Question Question, double? Now, string Effort, WhatIfResult Effect);

public static class WhatIf
{
    public const int Actions = 3;

    private static readonly string[] Efforts = ["days", "weeks", "months"];

    public static WhatIfResult Of(AssessmentResult result, string question, double score, Instrument instrument)
    {
        var weights = result.Dimensions.ToDictionary(static d => d.Dimension.Id, static d => d.Weight, StringComparer.Ordinal);
        var changed = Assessment.Of([.. result.Questions.Select(q => q.Question.Id == question ? q with { Final = score, Standing = Standing.Evidenced, Delta = null, Applicable = true } : q)], weights, instrument);
        return new(
            question, score, new("floor", result.Floor, changed.Floor), result.Mean, changed.Mean,
            [.. result.Dimensions.Zip(changed.Dimensions, static (a, b) => new LevelChange(a.Dimension.Id, a.Level.Level, b.Level.Level)).Concat(Views(result, changed, instrument)).Where(static c => c.From != c.To)]);
    }

    /// <summary>What to do next: what lifts the floor, then what lifts a dimension, then what lifts the mean; of equals, the least work.</summary>
    public static IReadOnlyList<NextAction> Next(AssessmentResult result, Instrument instrument, int count = Actions) =>
    [
        .. result.Questions.Where(static q => q.Applicable && (q.Final ?? 0) < 1)
            .Select(q => new NextAction(q.Question, q.Final, q.Question.Effort, Of(result, q.Question.Id, 1, instrument)))
            .OrderByDescending(static a => a.Effect.Floor.To - a.Effect.Floor.From)
            .ThenByDescending(static a => a.Effect.Levels.Where(l => l.What == a.Question.Dimension).Sum(static l => l.To - l.From))
            .ThenByDescending(static a => Math.Round(a.Effect.MeanGain, 9))
            .ThenBy(static a => Array.IndexOf(Efforts, a.Effort))
            .ThenByDescending(static a => a.Question.Critical)
            .ThenBy(static a => a.Question.Level)
            .ThenBy(static a => a.Question.Id, StringComparer.Ordinal)
            .Take(count),
    ];

    private static IEnumerable<LevelChange> Views(AssessmentResult before, AssessmentResult after, Instrument instrument)
    {
        var (a, b) = (CrossViews.AssessmentViews.Of(before, instrument), CrossViews.AssessmentViews.Of(after, instrument));
        return [new("microsoft", a.Microsoft.Overall, b.Microsoft.Overall), new("google", a.Google.Overall, b.Google.Overall)];
    }
}
