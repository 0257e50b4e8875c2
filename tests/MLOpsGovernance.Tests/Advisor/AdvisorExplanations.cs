using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Criteria;
using MLOpsGovernance.Advisor.Uncertainty;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorPlatforms;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisorExplanations
{
    [Fact]
    public void Of_correlated_inputs_are_refused()
    {
        var request = Usual with { Correlations = [new("registry.oss.fte", "serving.oss.fte", 0.5)] };
        Explanation.Of(request, Advice.Of(request).Recommended!.Portfolio).Reason.ShouldBe("inputs_correlated");
    }

    [Fact]
    public void Are_shown_only_through_the_gate()
    {
        var result = Explanation.Of(Usual, Advice.Of(Usual).Recommended!.Portfolio);
        (result.Reason is null).ShouldBe(result.Fit >= 0.95 && result.Dummy <= 0.01);
        (result.Shares.Count > 0).ShouldBe(result.Reason is null);
    }

    [Fact]
    public void Of_the_value_of_knowing_an_input_never_promise_more_than_knowing_everything()
    {
        var result = Advice.Of(Usual);
        var values = InformationValues.Of(Usual, result, 2);
        values.Count.ShouldBeInRange(1, 2);
        values.ShouldAllBe(static v => v.Value.Value >= 0 && v.Value.Value <= v.Value.Perfect && v.Value.Low <= v.Value.High);
    }

    [Fact]
    public void By_direct_estimation_agree_with_the_closed_form()
    {
        var (_, _, total) = Ishigami.Closed(7, 0.1);
        var estimated = SensitivityIndices.Total([Ishigami.Drawn, Ishigami.Drawn, Ishigami.Drawn, static u => u], static x => Ishigami.At(7, 0.1, x), 20_000, 1);
        for (var i = 0; i < 3; i++) estimated[i].ShouldBe(total[i], 0.02);
        estimated[3].ShouldBe(0, 1e-12);
    }

    [Fact]
    public void By_shares_add_up_to_the_difference()
    {
        static double Cost(double fte, double rate, double licence) => (fte * rate) + licence;
        double[] before = [1, 100, 40], after = [0.2, 140, 90];
        double Worth(int coalition)
        {
            double[] values = [.. before.Select((v, i) => (coalition & (1 << i)) != 0 ? after[i] : v)];
            return Cost(values[0], values[1], values[2]);
        }

        Shapley.Values(3, Worth).Sum().ShouldBe(Worth(7) - Worth(0), 1e-9);
    }

    [Fact]
    public void By_other_methods_say_who_would_choose_otherwise_and_whose_order_turns()
    {
        Criterion[] criteria = [new("cost", 0.5, false, new(1_000, 0)), new("value", 0.5, true, new(0, 50))];
        var other = OtherMethods.Of(["buy", "build", "mix"], [[400, 30], [700, 45], [450, 36]], criteria);
        (other.WeightedSums[0], other.BestBySum).ShouldBe((0.6, "mix"));
        other.Alternatives.ShouldContain(other.BestByTopsis);
        OtherMethods.Faults([new("cost", double.NaN, false, new(1, 0)), new("value", 1, true, new(1, 1))]).Select(static f => f.Code).ShouldBe(["number-out-of-range", "scale-without-length"]);
        OtherMethods.Faults([new("cost", 0, false, new(1, 0))]).Single().Code.ShouldBe("weights-sum-to-zero");
    }

    [Fact]
    public void By_local_scales_keep_the_order_of_two_whatever_third_is_added()
    {
        Criterion[] criteria = [new("cost", 0.5, false, new(1_000, 0)), new("value", 0.5, true, new(0, 50))];
        double[] two = [.. OtherMethods.Of(["a", "b"], [[400, 30], [700, 45]], criteria).WeightedSums];
        OtherMethods.Of(["a", "b", "c"], [[400, 30], [700, 45], [10_000, 1]], criteria).WeightedSums.Take(2).ShouldBe(two);
    }

    [Fact]
    public void Of_judgments_name_the_three_that_contradict_each_other_most()
    {
        var weighed = Ahp.Weigh(["a", "b", "c", "d"], [new("a", "b", 3), new("b", "c", 3), new("c", "a", 3), new("a", "d", 1), new("b", "d", 1), new("c", "d", 1)]);
        weighed.WorstTriple.ShouldBe(["a", "b", "c"]);
        weighed.Ratio[Ahp.Saaty2005]!.Value.ShouldBeGreaterThan(Ahp.MostInconsistency);
    }
}
