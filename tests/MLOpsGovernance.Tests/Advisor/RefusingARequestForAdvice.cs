using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Criteria;
using MLOpsGovernance.Advisor.Portfolios;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorPlatforms;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class RefusingARequestForAdvice
{
    private static readonly Dictionary<string, AdviceRequest> Wrong = new(StringComparer.Ordinal)
    {
        ["shared.horizonYears horizon-out-of-range"] = Usual with { Shared = Usual.Shared with { HorizonYears = 0 } },
        ["shared.horizonYears horizon-out-of-range (200)"] = Usual with { Shared = Usual.Shared with { HorizonYears = 200 } },
        ["shared.discountRate rate-out-of-range"] = Usual with { Shared = Usual.Shared with { DiscountRate = double.NaN } },
        ["shared.suiteDiscount share-out-of-range"] = Usual with { Shared = Usual.Shared with { SuiteDiscount = 1.1 } },
        ["shared.suiteMinimum suite-out-of-range"] = Usual with { Shared = Usual.Shared with { SuiteMinimum = 1 } },
        ["shared.seamPoints points-out-of-range"] = Usual with { Shared = Usual.Shared with { SeamPoints = -1 } },
        ["shared.suitePoints points-out-of-range"] = Usual with { Shared = Usual.Shared with { SuitePoints = 11 } },
        ["shared.hoursPerYear hours-out-of-range"] = Usual with { Shared = Usual.Shared with { HoursPerYear = 0 } },
        ["shared.payrollGrowth share-out-of-range"] = Usual with { Shared = Usual.Shared with { PayrollGrowth = Estimate.Exactly(3) } },
        ["shared.engineerRate.p10 quantiles-out-of-order"] = Usual with { Shared = Usual.Shared with { EngineerRate = new(2, 1) } },
        ["serving.licence.p50"] = Usual.With(Capability.Serving, Way.Saas, CostItem.Licence, new(1, 2, 3)),
        ["serving.licence not-a-number"] = Usual.With(Capability.Serving, Way.Saas, CostItem.Licence, new(double.NaN, 2)),
        ["serving.licence.p10 negative"] = Usual.With(Capability.Serving, Way.Saas, CostItem.Licence, new(-1, 2)),
        ["serving.licence.p90 too-large"] = Usual.With(Capability.Serving, Way.Saas, CostItem.Licence, new(1, 1e13)),
        ["constraints.budget cap-out-of-range"] = Usual.Under(new(Budget: double.PositiveInfinity)),
        ["constraints.headcount cap-out-of-range"] = Usual.Under(new(Headcount: -1)),
        ["runs runs-out-of-range"] = Usual with { Runs = 1_000_000 },
        ["correlations[0] unknown-input"] = Usual with { Correlations = [new("a", "b", 0.5)] },
        ["correlations[0] correlated-with-itself"] = Usual with { Correlations = [new("shared.seamCost", "shared.seamCost", 0.5)] },
        ["correlations[0].rho correlation-out-of-range"] = Usual with { Correlations = [new("shared.seamCost", "shared.replacement", 1)] },
        ["correlations correlations-contradict"] = Usual with { Correlations = [new("shared.seamCost", "shared.replacement", 0.9), new("shared.replacement", "shared.engineerRate", 0.9), new("shared.seamCost", "shared.engineerRate", -0.9)] },
        ["capabilities.registry capability-missing"] = Usual with { Capabilities = Usual.Capabilities.Where(static c => c.Key != Capability.Registry).ToDictionary(static c => c.Key, static c => c.Value) },
        ["capabilities.registry.options.defer deferring-is-no-option"] = WithOption(Way.Defer, Option(1, "own", 1, 1, 1)),
        ["capabilities.registry.options.build.utility utility-out-of-range"] = WithOption(Way.Build, Option(11, "own", 1, 1, 1)),
        ["capabilities.registry.options.build.stack stack-missing"] = WithOption(Way.Build, Option(1, " ", 1, 1, 1)),
    };

    public static TheoryData<string> Cases => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_the_field_and_the_reason(string what)
    {
        var fault = AdviceFaults.Of(Wrong[what]).ShouldHaveSingleItem();
        var said = $"{fault.Field} {fault.Code}".Replace("capabilities.serving.options.saas.costs.", "serving.", StringComparison.Ordinal);
        said.ShouldStartWith(what.Split(" (")[0]);
        fault.Reason.ShouldEndWith(".");
    }

    [Fact]
    public void Is_not_done_where_everything_is_in_order() => AdviceFaults.Of(Usual).ShouldBeEmpty();

    [Theory]
    [InlineData("a", "b", 0, "judgment-not-positive")]
    [InlineData("a", "b", double.NaN, "judgment-not-positive")]
    [InlineData("a", "x", 2, "unknown-name")]
    [InlineData("a", "a", 2, "judgment-of-itself")]
    [InlineData("b", "a", 3, "judgments-not-reciprocal")]
    [InlineData("a", "b", 3, "judgments-contradict")]
    public void Says_why_judgments_of_pairs_cannot_be_used(string a, string b, double value, string code)
    {
        Judgment[] judgments = [new("a", "b", 2), new(a, b, value)];
        var fault = PairwiseJudgments.Faults(["a", "b", "c"], judgments, "criteria").ShouldHaveSingleItem();
        (fault.Field, fault.Code).ShouldBe(("criteria.judgments[1]", code));
    }

    [Fact]
    public void Takes_judgments_said_both_ways_where_they_agree() => PairwiseJudgments.Faults(["a", "b"], [new("a", "b", 2), new("b", "a", 0.5)], "criteria").ShouldBeEmpty();

    [Theory]
    [InlineData("axes.x", "unknown-axis")]
    [InlineData("axes.maturity", "axis-out-of-range")]
    public void Says_why_an_axis_cannot_be_used(string field, string code)
    {
        var fault = Statements.Faults([new(field[5..], 2, "said so")], new Dictionary<string, double>(StringComparer.Ordinal)).ShouldHaveSingleItem();
        (fault.Field, fault.Code).ShouldBe((field, code));
    }

    [Theory]
    [InlineData(double.NaN, "number-out-of-range")]
    [InlineData(-1, "number-out-of-range")]
    public void Says_why_a_weight_cannot_be_used(double weight, string code) =>
        Statements.Faults([], new Dictionary<string, double>(StringComparer.Ordinal) { ["maturity"] = weight }).ShouldHaveSingleItem().Code.ShouldBe(code);

    private static AdviceRequest WithOption(Way way, OptionTerms option) => Usual with
    {
        Capabilities = Usual.Capabilities.ToDictionary(static c => c.Key, c => c.Key != Capability.Registry ? c.Value : c.Value with { Options = new Dictionary<Way, OptionTerms>(c.Value.Options) { [way] = option } }),
    };
}
