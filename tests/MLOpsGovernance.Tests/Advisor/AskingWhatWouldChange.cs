using MLOpsGovernance.Advisor.Maturity;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorSamples;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AskingWhatWouldChange
{
    [Fact]
    public void Names_the_floor_the_dimension_and_the_published_levels_that_would_move()
    {
        var effect = WhatIf.Of(Answered(1, 1).AllMeasured().Measured("D4.5", 2, 40).Assess(), "D4.5", 1, Shipped);
        effect.Floor.ShouldBe(new LevelChange("floor", 2, 4));
        effect.Levels.ShouldBe([new("D4", 2, 4), new("microsoft", 2, 4), new("google", 0, 2)]);
        effect.MeanGain.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Proposes_three_actions_the_one_that_lifts_the_floor_first()
    {
        var actions = WhatIf.Next(Answered(1, 1).AllMeasured().Measured("D4.5", 2, 40).Measured("D1.5", 0, 40).Measured("D3.4", 0, 40).Measured("D7.6", 0, 40).Assess(), Shipped);
        actions.Select(static a => a.Question.Id).First().ShouldBe("D4.5");
        actions.Count.ShouldBe(3);
        actions.ShouldAllBe(static a => a.Effort == "days" || a.Effort == "weeks" || a.Effort == "months");
    }

    [Fact]
    public void Proposes_nothing_where_everything_is_done() =>
        WhatIf.Next((Answered(1, 1).AllMeasured() with { Attestations = [new("D8.2", true, 1), new("D8.6", true, 1)] }).Assess(), Shipped).ShouldBeEmpty();

    [Fact]
    public void Shows_the_way_from_one_assessment_to_the_next()
    {
        var trend = Trend.Between(Answered(1, 1).AllMeasured().Measured("D4.5", 2, 40).Assess(), Answered(1, 1).AllMeasured().Measured("D2.2", 0, 40).Assess());
        (trend.FloorBefore, trend.FloorNow).ShouldBe((2, 1));
        (trend.Better[0], trend.Worse[0]).ShouldBe(("D4.5", "D2.2"));
        trend.Dimensions.Single(static d => d.Dimension == "D1").Progress.ShouldBeNull("there was no way to go");
    }

    [Fact]
    public void Says_how_little_a_weight_would_have_to_change_for_another_order_of_gaps()
    {
        var result = Answered(1, 1).AllMeasured().Measured("D4.5", 2, 40).Measured("D3.4", 0, 40).Assess();
        var change = WeightSensitivity.Of(result).ShouldNotBeNull();
        var weights = Shipped.Dimensions.ToDictionary(static d => d.Id, static _ => 1.0, StringComparer.Ordinal);
        var before = WeightSensitivity.Ranking(result);
        weights[change.Dimension] = change.To + ((change.To - change.From) * 0.001);
        var after = WeightSensitivity.Ranking((Answered(1, 1).AllMeasured().Measured("D4.5", 2, 40).Measured("D3.4", 0, 40) with { Weights = weights }).Assess());
        after.ShouldNotBe(before);
    }
}
