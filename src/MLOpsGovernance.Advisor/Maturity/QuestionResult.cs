using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Maturity;

public sealed record RespondentScore(string Respondent, double Score);

/// <param name="Share">Null where there is nothing that it would be a share of: unknown, and not perfect.</param>
/// <param name="Interval">What the count really shows; null where one is enough.</param>
/// <param name="Score">What the evidence is worth on the answer scale; null where it is unknown.</param>
public sealed record EvidenceResult(Measurement Measured, double? Share, ShareInterval? Interval, double? Score)
{
    /// <summary>The interval reaches over a threshold of the scale, so that a few more cases could change the answer.</summary>
    public bool Provisional => Interval is { } i && (Crosses(i, AnswerScale.AtLeastHalf) || Crosses(i, AnswerScale.Most));

    public static EvidenceResult Of(Measurement measured, EvidenceRule rule)
    {
        if (measured.Denominator == 0) return new(measured, null, null, null);
        var share = rule.Kind == "share" ? (double)measured.Numerator / measured.Denominator : measured.Numerator > 0 ? 1 : 0;
        return new(measured, share, rule.Kind == "share" ? Wilson.Interval(measured.Numerator, measured.Denominator) : null, AnswerScale.Score(AnswerScale.CoverageOf(share), measured.Mode));
    }

    private static bool Crosses(ShareInterval interval, double threshold) => interval.Lower < threshold && interval.Upper >= threshold;
}

/// <summary>Claimed, evidenced and final, side by side.</summary>
/// <param name="Claims">What each respondent said.</param>
/// <param name="Claim">The lowest of these: what nobody disputes.</param>
/// <param name="Applicable">False where an agreed exemption holds.</param>
public sealed record QuestionResult(
    Question Question, IReadOnlyList<RespondentScore> Claims, double? Claim, EvidenceResult? Evidence, double? Final, Standing Standing, double? Delta, bool Applicable, double Target)
{
    /// <summary>A difference between claim and evidence from which on it is listed first.</summary>
    public const double Contradicting = 0.25;

    /// <summary>How far the respondents lie apart.</summary>
    public double Disagreement => Claims.Count < 2 ? 0 : Claims.Max(static c => c.Score) - Claims.Min(static c => c.Score);

    public bool Contradicts => Applicable && Delta >= Contradicting;

    public bool Provisional => Standing == Standing.Evidenced && Evidence is { Provisional: true };

    internal ScoredQuestion Scored(bool withExemptions = true) => new(Question.Id, Question.Level, Question.Critical, Question.Weight, Final, Applicable || !withExemptions);

    public static QuestionResult Of(Question question, AssessmentInput input)
    {
        List<RespondentScore> claims = [.. input.Answers.Where(a => a.Question == question.Id).OrderBy(static a => a.Respondent, StringComparer.Ordinal).Select(static a => new RespondentScore(a.Respondent, a.Score))];
        var claim = claims.Count == 0 ? (double?)null : claims.Min(static c => c.Score);
        var evidence = input.Evidence.LastOrDefault(m => m.Question == question.Id) is { } measured ? EvidenceResult.Of(measured, question.Evidence) : null;
        var attestation = input.Attestations.LastOrDefault(a => a.Question == question.Id);
        var final = ClaimRule.Decide(new(
            question.Evidence.Source, claim, evidence?.Score, evidence?.Measured.Denominator ?? 0, question.Evidence.Enough ?? ClaimRule.EnoughVersions, attestation?.ReviewedByOther, attestation?.AgeInMonths ?? 0));
        return new(
            question, claims, claim, evidence, final.Score, final.Standing, final.Delta,
            !input.Exemptions.Any(e => e.Question == question.Id && e.Until > input.At), input.Targets.GetValueOrDefault(question.Id, AssessmentInput.UsualTarget));
    }
}
