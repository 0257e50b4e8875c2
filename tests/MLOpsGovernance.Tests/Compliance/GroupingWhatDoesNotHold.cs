using MLOpsGovernance.Domain.Compliance;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Compliance;

/// <summary>One finding for each rule that would keep a release out, one for each policy that only warns, and none for what was known when it was let in.</summary>
public sealed class GroupingWhatDoesNotHold
{
    private static FailingRule Blocks(string rule) => new("release", rule, false, false);

    private static FailingRule Warns(string rule, string policy = "monitoring", bool known = false) => new(policy, rule, true, known);

    [Fact]
    public void Gives_each_rule_that_would_keep_it_out_a_finding_of_its_own() =>
        ComplianceSubjects.Of([], [Blocks("REL-002"), Blocks("REL-001")]).ShouldBe(["REL-001", "REL-002"]);

    [Fact]
    public void Gives_rules_of_one_policy_that_only_warn_one_together() =>
        ComplianceSubjects.Of([], [Warns("MON-2"), Warns("MON-1"), Warns("GEN-1", "generative")]).ShouldBe(["generative/GEN-1", "monitoring/MON-1+MON-2"]);

    [Fact]
    public void Opens_none_for_a_warning_that_was_known() =>
        ComplianceSubjects.Of([], [Warns("MON-1", known: true), Warns("MON-2")]).ShouldBe(["monitoring/MON-2"]);

    [Fact]
    public void Keeps_one_open_for_as_long_as_one_of_its_rules_does_not_hold()
    {
        ComplianceSubjects.Of(["monitoring/MON-1+MON-2"], [Warns("MON-2", known: true)]).ShouldBe(["monitoring/MON-1+MON-2"]);
        ComplianceSubjects.Of(["monitoring/MON-1+MON-2"], [Warns("MON-3", known: true)]).ShouldBeEmpty();
        ComplianceSubjects.Of(["monitoring/MON-1+MON-2"], []).ShouldBeEmpty();
    }

    [Fact]
    public void Opens_another_one_for_a_rule_that_nobody_was_told_of() =>
        ComplianceSubjects.Of(["monitoring/MON-1"], [Warns("MON-1", known: true), Warns("MON-2")]).ShouldBe(["monitoring/MON-1", "monitoring/MON-2"]);

    [Fact]
    public void Takes_a_rule_of_another_policy_for_another_one() =>
        ComplianceSubjects.Of(["monitoring/MON-1"], [Warns("MON-1", "monitoring-2")]).ShouldBe(["monitoring-2/MON-1"]);

    [Fact]
    public void Goes_on_with_what_was_opened_before_the_level_changed()
    {
        ComplianceSubjects.Of(["REL-002"], [Warns("REL-002", "release", known: true)]).ShouldBe(["REL-002"], "it only warns now");
        ComplianceSubjects.Of(["release/REL-002"], [Blocks("REL-002")]).ShouldBe(["REL-002"], "it keeps out now, which is worth more than a warning");
    }
}
