using MLOpsGovernance.Advisor.Maturity;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorSamples;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class RefusingAnAssessment
{
    private static readonly Dictionary<string, AssessmentInput> Wrong = new(StringComparer.Ordinal)
    {
        ["answers[0].question unknown-question"] = Answered(1, 1, "D9.1"),
        ["answers[0].coverage coverage-out-of-range"] = Answered(0.3, 1, "D1.1"),
        ["answers[0].coverage coverage-out-of-range (NaN)"] = Answered(double.NaN, 1, "D1.1"),
        ["answers[0].mode mode-out-of-range"] = Answered(1, 2, "D1.1"),
        ["answers[0].respondent respondent-missing"] = Nothing with { Answers = [new("D1.1", " ", 1, 1)] },
        ["answers answered-twice"] = Answered(1, 1, "D1.1", "D1.1"),
        ["evidence[0].question unknown-question"] = Nothing.Measured("D9.1", 1, 1),
        ["evidence[0].question not-measurable"] = Nothing.Measured("D8.2", 1, 1),
        ["evidence[0] counts-out-of-range"] = Nothing.Measured("D1.1", 2, 1),
        ["evidence[0] counts-out-of-range (negative)"] = Nothing.Measured("D1.1", -1, 1),
        ["evidence[0].mode mode-out-of-range"] = Nothing.Measured("D1.1", 1, 1, 0.7),
        ["attestations[0].question unknown-question"] = Nothing with { Attestations = [new("x", true, 1)] },
        ["attestations[0].ageInMonths number-out-of-range"] = Nothing with { Attestations = [new("D8.2", true, -1)] },
        ["exemptions[0].agreedBy agreed-by-the-same"] = Nothing with { Exemptions = [new("D1.1", "ada", "ada", Noon.AddDays(1))] },
        ["exemptions[0].until exemption-too-long"] = Nothing with { Exemptions = [new("D1.1", "ada", "eve", Noon.AddMonths(13))] },
        ["targets.D1.1 target-out-of-range"] = Nothing with { Targets = Map("D1.1", double.NaN) },
        ["targets.x unknown-question"] = Nothing with { Targets = Map("x", 1) },
        ["weights.D1 number-out-of-range"] = Nothing with { Weights = Map("D1", -1) },
        ["weights.D1 number-out-of-range (NaN)"] = Nothing with { Weights = Map("D1", double.NaN) },
        ["weights.D9 unknown-dimension"] = Nothing with { Weights = Map("D9", 1) },
        ["weights weights-sum-to-zero"] = Nothing with { Weights = Shipped.Dimensions.ToDictionary(static d => d.Id, static _ => 0.0, StringComparer.Ordinal) },
    };

    public static TheoryData<string> Cases => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_the_field_and_the_reason(string what)
    {
        var fault = AssessmentFaults.Of(Wrong[what], Shipped).ShouldHaveSingleItem();
        what.ShouldStartWith($"{fault.Field} {fault.Code}");
        fault.Reason.ShouldEndWith(".");
    }

    [Fact]
    public void Is_not_done_where_everything_is_in_order() => AssessmentFaults.Of(Answered(1, 1).AllMeasured(), Shipped).ShouldBeEmpty();

    private static Dictionary<string, double> Map(string name, double value) => new(StringComparer.Ordinal) { [name] = value };
}
