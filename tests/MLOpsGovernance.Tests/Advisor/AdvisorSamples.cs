using MLOpsGovernance.Advisor.Maturity;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly Instrument Shipped = Instrument.Shipped;

    public static readonly AssessmentInput Nothing = AssessmentInput.Empty(Noon);

    /// <summary>The same step of the scale for every question that is named, or for all.</summary>
    public static AssessmentInput Answered(double coverage, double mode, params string[] questions) => Nothing with
    {
        Answers = [.. (questions.Length == 0 ? Shipped.Questions.Select(static q => q.Id) : questions).Select(q => new GivenAnswer(q, "ada", coverage, mode))],
    };

    public static AssessmentInput Measured(this AssessmentInput input, string question, long numerator, long denominator, double mode = 1) =>
        input with { Evidence = [.. input.Evidence, new Measurement(question, numerator, denominator, mode)] };

    /// <summary>Every measurable question borne out by fifty of fifty.</summary>
    public static AssessmentInput AllMeasured(this AssessmentInput input) => input with
    {
        Evidence = [.. Shipped.Questions.Where(static q => q.Evidence.Of is not null).Select(static q => new Measurement(q.Id, 50, 50, 1))],
    };

    public static AssessmentResult Assess(this AssessmentInput input) => Assessment.Of(input, Shipped);
}
