namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Bounds">With open questions as not done, and as done. The level that holds either way is confirmed.</param>
/// <param name="WithoutExemptions">The level with every question asked, exempted or not.</param>
/// <param name="Assessed">False where every question was exempted: then there is no level, and neither floor nor mean counts it.</param>
/// <param name="Provisional">The level rests on a share that a few more cases could move over a threshold, or on claims that nothing bears out.</param>
public sealed record DimensionResult(Dimension Dimension, double Weight, LevelBounds Bounds, DimensionLevel WithoutExemptions, TargetShare Target, bool Assessed, bool Provisional)
{
    public DimensionLevel Level => Bounds.Low;
}

/// <param name="Floor">The lowest level of the core dimensions.</param>
/// <param name="Mean">Of what every dimension shows, by weight.</param>
/// <param name="Answered">Share of the applicable weight that has a final score.</param>
/// <param name="EvidenceShare">Share of the applicable weight that recorded events bear out. Shown beside the scores and never mixed into them.</param>
/// <param name="Calibration">How claims compare with evidence; null where nothing could be compared.</param>
/// <param name="Contradictions">Claims that recorded events contradict, critical ones first.</param>
public sealed record AssessmentResult(
    int Floor,
    int FloorAtMost,
    double Mean,
    double MeanAtMost,
    double Answered,
    double EvidenceShare,
    Calibration? Calibration,
    TargetShare Target,
    IReadOnlyList<DimensionResult> Dimensions,
    IReadOnlyList<QuestionResult> Questions,
    IReadOnlyList<QuestionResult> Contradictions)
{
    /// <summary>Where fewer questions are answered there is a profile and no headline.</summary>
    public bool Headline => Answered >= LevelBounds.EnoughAnswered;

    /// <summary>No recorded event bears on any of it: all that is known is what people said.</summary>
    public bool ClaimsOnly => Questions.All(static q => q.Standing != Standing.Evidenced);

    /// <summary>Whether only the critical questions have been answered so far.</summary>
    public bool ScanOnly => !Headline && Questions.All(static q => q.Question.Critical ? q.Claim is not null || q.Final is not null || !q.Applicable : q.Claim is null);

    public IEnumerable<QuestionResult> Disagreements => Questions.Where(static q => q.Disagreement > 0).OrderByDescending(static q => q.Disagreement).ThenBy(static q => q.Question.Id, StringComparer.Ordinal);

    public QuestionResult this[string question] => Questions.First(q => q.Question.Id == question);

    /// <summary>Null for what does not apply or is not known.</summary>
    public double? FinalOf(string question) => this[question] is { Applicable: true } result ? result.Final : null;

    /// <summary>As if every claim held; null for what nobody claimed.</summary>
    public double? ClaimOf(string question) => this[question] is { Applicable: true } result ? result.Claim : null;
}
