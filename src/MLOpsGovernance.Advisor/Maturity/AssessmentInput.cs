namespace MLOpsGovernance.Advisor.Maturity;

/// <param name="Respondent">A subject. Several may answer the same question; what they say is kept apart.</param>
/// <param name="Coverage">0, 0.25, 0.5 or 1.</param>
/// <param name="Mode">0, 0.5 or 1.</param>
public sealed record GivenAnswer(string Question, string Respondent, double Coverage, double Mode)
{
    public double Score => AnswerScale.Score(Coverage, Mode);
}

/// <summary>What recorded events show for a question in the window.</summary>
/// <param name="Numerator">How many of <paramref name="Denominator"/> are as the question asks.</param>
/// <param name="Mode">1 where services did it, 0.5 where the events name a person.</param>
/// <param name="Counted">The things counted, by name; those that are as the question asks come first.</param>
public sealed record Measurement(string Question, long Numerator, long Denominator, double Mode, IReadOnlyList<string>? Counted = null, string? Query = null);

/// <summary>Somebody other than the respondent has looked at what an answer refers to.</summary>
public sealed record Attestation(string Question, bool ReviewedByOther, double AgeInMonths);

/// <summary>A question that does not apply: agreed to by another person, and for twelve months at most.</summary>
public sealed record Exemption(string Question, string AskedBy, string AgreedBy, DateTimeOffset Until);

/// <summary>All that an assessment rests on. The same input gives the same result, whenever it is worked out.</summary>
/// <param name="Targets">By question, 0 to 1; 1 where nothing is said.</param>
/// <param name="Weights">By dimension; all equal where nothing is said.</param>
/// <param name="At">The end of the window, by which exemptions are judged.</param>
public sealed record AssessmentInput(
    IReadOnlyList<GivenAnswer> Answers,
    IReadOnlyList<Measurement> Evidence,
    IReadOnlyList<Attestation> Attestations,
    IReadOnlyList<Exemption> Exemptions,
    IReadOnlyDictionary<string, double> Targets,
    IReadOnlyDictionary<string, double> Weights,
    DateTimeOffset At)
{
    public const double UsualTarget = 1;

    public static AssessmentInput Empty(DateTimeOffset at) => new([], [], [], [], new Dictionary<string, double>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal), at);
}
