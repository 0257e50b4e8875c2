namespace MLOpsGovernance.Advisor.Maturity;

/// <summary>What in an assessment cannot be used, each with its field and what is allowed.</summary>
public static class AssessmentFaults
{
    public static IReadOnlyList<InputFault> Of(AssessmentInput input, Instrument instrument) =>
    [
        .. input.Answers.SelectMany((a, i) => Answer(a, $"answers[{i}]", instrument)),
        .. Twice(input),
        .. input.Evidence.SelectMany((m, i) => Measured(m, $"evidence[{i}]", instrument)),
        .. input.Attestations.SelectMany((a, i) => Known(a.Question, $"attestations[{i}].question", instrument)),
        .. input.Attestations.SelectMany(static (a, i) => NotNegative(a.AgeInMonths, $"attestations[{i}].ageInMonths")),
        .. input.Exemptions.SelectMany((e, i) => Exempted(e, $"exemptions[{i}]", input.At, instrument)),
        .. input.Targets.SelectMany(t => Known(t.Key, $"targets.{t.Key}", instrument)),
        .. input.Targets.Where(static t => t.Value is not (>= 0 and <= 1)).Select(static t => new InputFault($"targets.{t.Key}", "target-out-of-range", "A target is a score from 0 to 1.")),
        .. Weights(input.Weights, instrument),
    ];

    private static IEnumerable<InputFault> Answer(GivenAnswer answer, string at, Instrument instrument)
    {
        foreach (var fault in Known(answer.Question, $"{at}.question", instrument)) yield return fault;
        if (!AnswerScale.Coverages.Contains(answer.Coverage)) yield return new($"{at}.coverage", "coverage-out-of-range", "Coverage is 0 (none), 0.25 (some), 0.5 (at least half) or 1 (most or all).");
        if (!AnswerScale.Modes.Contains(answer.Mode)) yield return new($"{at}.mode", "mode-out-of-range", "Mode is 0 (not done), 0.5 (by hand, written down) or 1 (automated).");
        if (string.IsNullOrWhiteSpace(answer.Respondent)) yield return new($"{at}.respondent", "respondent-missing", "An answer is somebody's.");
    }

    private static IEnumerable<InputFault> Twice(AssessmentInput input) =>
        input.Answers.GroupBy(static a => (a.Question, a.Respondent)).Where(static g => g.Count() > 1)
            .Select(static g => new InputFault("answers", "answered-twice", $"{g.Key.Respondent} has answered {g.Key.Question} twice; each respondent has one answer to a question."));

    private static IEnumerable<InputFault> Measured(Measurement measured, string at, Instrument instrument)
    {
        foreach (var fault in Known(measured.Question, $"{at}.question", instrument)) yield return fault;
        if (measured.Numerator < 0 || measured.Denominator < measured.Numerator) yield return new(at, "counts-out-of-range", "What is counted lies between none and all of the denominator.");
        if (!AnswerScale.Modes.Contains(measured.Mode)) yield return new($"{at}.mode", "mode-out-of-range", "Mode is 0, 0.5 (people did it) or 1 (services did it).");
        if (instrument.Find(measured.Question) is { Evidence.Of: null }) yield return new($"{at}.question", "not-measurable", $"{measured.Question} is attested by people; no event can tell.");
    }

    private static IEnumerable<InputFault> Exempted(Exemption exemption, string at, DateTimeOffset now, Instrument instrument)
    {
        foreach (var fault in Known(exemption.Question, $"{at}.question", instrument)) yield return fault;
        if (exemption.AskedBy == exemption.AgreedBy) yield return new($"{at}.agreedBy", "agreed-by-the-same", "That a question does not apply is agreed to by another person.");
        if (exemption.Until > now.AddMonths(ClaimRule.MonthsAnAttestationHolds)) yield return new($"{at}.until", "exemption-too-long", "That a question does not apply holds for twelve months at most.");
    }

    private static IEnumerable<InputFault> Weights(IReadOnlyDictionary<string, double> weights, Instrument instrument)
    {
        foreach (var (dimension, weight) in weights)
        {
            if (instrument.Dimensions.All(d => d.Id != dimension)) yield return new($"weights.{dimension}", "unknown-dimension", $"Dimensions are {string.Join(", ", instrument.Dimensions.Select(static d => d.Id))}.");
            foreach (var fault in NotNegative(weight, $"weights.{dimension}")) yield return fault;
        }

        if (weights.Count > 0 && instrument.Dimensions.Sum(d => weights.GetValueOrDefault(d.Id, Assessment.UsualWeight)) is 0)
            yield return new("weights", "weights-sum-to-zero", "At least one dimension must have a weight above 0.");
    }

    private static IEnumerable<InputFault> Known(string question, string at, Instrument instrument) =>
        instrument.Find(question) is null ? [new(at, "unknown-question", $"{instrument.Name} {instrument.Version} has no question '{question}'.")] : [];

    private static IEnumerable<InputFault> NotNegative(double value, string at) =>
        double.IsFinite(value) && value >= 0 ? [] : [new(at, "number-out-of-range", "This is a finite number, 0 or more.")];
}
