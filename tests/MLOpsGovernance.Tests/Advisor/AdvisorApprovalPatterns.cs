using MLOpsGovernance.Advisor.Approvals;
using MLOpsGovernance.Advisor.Statistics;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisorApprovalPatterns
{
    private static IEnumerable<ApprovalCase> Ordinary(int count) => Enumerable.Range(0, count).Select(static i => new ApprovalCase($"a{i}", $"asker-{i % 5}", $"approver-{i % 4}", 10 + (i % 7)));

    [Fact]
    public void Finds_nothing_in_ordinary_work()
    {
        var review = ApprovalPatterns.Of([.. Ordinary(40)]);
        (review.Patterns.Count, review.Unusual.Count).ShouldBe((0, 0));
    }

    [Fact]
    public void Points_at_approvals_within_two_minutes()
    {
        var review = ApprovalPatterns.Of([.. Ordinary(40), new("quick", "ada", "eve", 0.01)]);
        review.Patterns.Single().Counted.ShouldBe(["quick"]);
        review.Unusual.Single().Id.ShouldBe("quick");
        review.Unusual.Single().RobustZ.ShouldBeLessThan(-3.5);
    }

    [Fact]
    public void Points_at_one_approver_for_everything_from_ten_approvals_on()
    {
        ApprovalCase[] all = [.. Ordinary(10).Select(static a => a with { Approver = "eve" })];
        ApprovalPatterns.Of(all).Patterns.Single().ShouldSatisfyAllConditions(static p => p.Rule.ShouldBe("one-approver"), static p => p.About.ShouldBe("eve"), static p => p.Share.ShouldBe(1));
        ApprovalPatterns.Of(all[..9]).Patterns.ShouldBeEmpty();
    }

    [Fact]
    public void Points_at_two_who_approve_each_other()
    {
        var pair = Enumerable.Range(0, 3).SelectMany(static i => new[] { new ApprovalCase($"x{i}", "ada", "eve", 12), new ApprovalCase($"y{i}", "eve", "ada", 12) });
        var pattern = ApprovalPatterns.Of([.. Ordinary(40), .. pair]).Patterns.Single();
        (pattern.Rule, pattern.About, pattern.Counted.Count).ShouldBe(("reciprocal-pair", "ada and eve", 6));
    }

    [Fact]
    public void Takes_no_deviation_for_evidence_where_most_values_are_equal() => Samples.RobustZ([1, 1, 1, 1, 9]).ShouldAllBe(static z => z == 0);

    [Fact]
    public void Has_nothing_to_say_of_nothing() => ApprovalPatterns.Of([]).Patterns.ShouldBeEmpty();
}
