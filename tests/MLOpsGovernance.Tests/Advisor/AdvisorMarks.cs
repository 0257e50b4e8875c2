using MLOpsGovernance.Advisor.CrossViews;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorSamples;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>The ML Test Score of one system, from recorded runs and what people confirm.</summary>
public sealed class AdvisorMarks
{
    private static readonly TestRuns[] Automated = [.. Shipped.Views.MlTestScore.Tests.Select(static t => new TestRuns(t.Id, 2, 0))];

    [Theory]
    [InlineData(2, 0, 1)]
    [InlineData(1, 0, 0.5)]
    [InlineData(0, 3, 0.5)]
    [InlineData(0, 0, 0)]
    public void Are_proposed_from_recorded_runs(int automated, int byHand, double mark) => SystemTestSheet.Propose(new("MT-D1", automated, byHand)).ShouldBe(mark);

    [Fact]
    public void Of_a_system_that_nobody_tested_give_a_research_project() => SystemTestSheet.Of([], [], Shipped).Strict.ShouldSatisfyAllConditions(static s => s.Score.ShouldBe(0), static s => s.Band.ShouldBe("0"));

    [Fact]
    public void Of_the_weakest_section_decide()
    {
        var sheet = SystemTestSheet.Of(Automated, [new("MT-Mo1", 0, "ada", null)], Shipped);
        (sheet.Strict.Score, sheet.Strict.Sums).ShouldSatisfyAllConditions(static s => s.Score.ShouldBe(6), static s => s.Sums.ShouldBe([7, 7, 7, 6]));
    }

    [Fact]
    public void That_do_not_apply_count_once_as_nothing_and_once_as_done()
    {
        var sheet = SystemTestSheet.Of(Automated, [new("MT-D5", null, "ada", "eve")], Shipped);
        (sheet.Strict.Score, sheet.Lenient.Score, sheet.NotApplicable).ShouldBe((6, 7, 1));
    }

    [Theory]
    [InlineData("MT-D1", 1.0, null, "raised-alone")]
    [InlineData("MT-D1", 1.0, "ada", "raised-alone")]
    [InlineData("MT-D1", null, null, "raised-alone")]
    [InlineData("MT-D1", 2.0, "eve", "mark_not_in_0_0.5_1")]
    [InlineData("MT-X1", 1.0, "eve", "unknown-test")]
    public void Are_refused(string test, double? mark, string? agreedBy, string code) =>
        SystemTestSheet.Faults([], [new(test, mark, "ada", agreedBy)], Shipped).ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void May_be_lowered_alone_and_raised_together() =>
        SystemTestSheet.Faults(Automated[..1], [new("MT-D1", 0, "ada", null), new("MT-D2", 1, "ada", "eve")], Shipped).ShouldBeEmpty();
}
