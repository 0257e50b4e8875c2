using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class RunningPolicyTests
{
    private static readonly PolicySet Set = LoanRelease.Set();

    private static IReadOnlyList<PolicyTestResult> Run(string old, string replacement)
    {
        LoanRelease.Test.ShouldContain(old);
        return PolicyTests.Run(Set, new(LoanRelease.TestFile.Path, LoanRelease.Test.Replace(old, replacement, StringComparison.Ordinal)), LoanRelease.Files);
    }

    [Fact]
    public void Passes_every_case_of_a_policy_that_keeps_its_promises()
    {
        var results = PolicyTests.Run(Set, LoanRelease.TestFile, LoanRelease.Files);
        results.SelectMany(static r => r.Failures).ShouldBeEmpty();
        results.ShouldAllBe(static r => r.Passed);
        results.Count.ShouldBe(12);
    }

    [Theory]
    [InlineData("expect: {decision: allow, rules: {LOAN-003: waived}}", "expect: {decision: deny, rules: {LOAN-003: waived}}", "expected decision deny, got allow (allow)")]
    [InlineData("rules: {LOAN-001: notApplicable}", "rules: {LOAN-001: pass}", "expected LOAN-001 to be pass, got notApplicable")]
    [InlineData("LOAN-001: found 0 of 1", "LOAN-001: found 7 of 1", "expected the message of LOAN-001 to contain 'found 7 of 1'")]
    [InlineData("outcome: warn", "outcome: allow", "expected outcome allow, got warn")]
    public void Fails_a_case_and_says_what_came_instead(string old, string replacement, string failure)
    {
        var failed = Run(old, replacement).Where(static r => !r.Passed).ShouldHaveSingleItem();
        failed.Failures.ShouldHaveSingleItem().ShouldStartWith(failure);
    }

    [Theory]
    [InlineData("op: replace, path: /approvals/0/actor,", "op: replace, path: /approvals/3/actor,", "there is nothing at")]
    [InlineData("{op: remove, path: /approvals}", "{op: remove, path: /approval}", "there is nothing at")]
    [InlineData("parameters: {approvers: 2}", "parameters: {approvers: 99}", "does not fit its declaration")]
    public void Errs_on_a_case_that_cannot_be_run(string old, string replacement, string error)
    {
        var failed = Run(old, replacement).Where(static r => !r.Passed).ShouldHaveSingleItem();
        failed.Error!.Message.ShouldContain(error);
        failed.Verdict.ShouldBeNull();
    }

    [Fact]
    public void Tells_which_results_no_case_has_shown()
    {
        PolicyTests.Gaps(Set, PolicyTests.Run(Set, LoanRelease.TestFile, LoanRelease.Files)).ShouldBeEmpty();
        PolicyTests.Gaps(Set, Run("replace, path: /datasets, value: []", "replace, path: /datasets/0/id, value: x")).Select(static g => (g.Rule.Id, g.Missing))
            .ShouldBe([("LOAN-002", RuleOutcome.Fail)]);
    }

    [Fact]
    public void Does_not_count_what_a_failed_case_saw() =>
        PolicyTests.Gaps(Set, Run("path: /datasets, value: []}]\n    expect: {decision: deny,", "path: /datasets, value: []}]\n    expect: {decision: allow,")
                .Where(static r => r.Name != "in staging a failure is a warning")).Select(static g => (g.Rule.Id, g.Missing))
            .ShouldBe([("LOAN-002", RuleOutcome.Fail)]);

    [Fact]
    public void Notices_every_change_of_a_policy_that_is_tested_well()
    {
        var report = PolicyTests.RunAll(Set, LoanRelease.Files);
        report.Survivors.ShouldBeEmpty();
        report.Mutants.ShouldBe(4, "three rules negated, one match condition dropped");
        report.Passed.ShouldBeTrue();
    }

    private static PolicyTestReport Report(params (string Old, string New)[] changes)
    {
        var text = LoanRelease.Test;
        foreach (var (old, replacement) in changes)
        {
            text.ShouldContain(old);
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        }

        return PolicyTests.RunAll(Set, [LoanRelease.SchemaFile, LoanRelease.PolicyFile, LoanRelease.WaiverFile, new(LoanRelease.TestFile.Path, text)]);
    }

    private static readonly (string, string) NoScope = ("expect: {decision: allow, rules: {LOAN-001: notApplicable}}", "expect: {decision: allow}");
    private static readonly (string, string) NoRiskClass = ("[{op: remove, path: /model/riskClass}]", "[]");
    private static readonly (string, string) Anything = ("rules: {LOAN-001: error, LOAN-002: error, LOAN-003: waived}", "messageContains: {}, rules: {}");

    [Fact]
    public void Finds_the_condition_that_could_be_dropped_where_no_case_leaves_its_scope()
    {
        var report = Report(NoScope, NoRiskClass, Anything, ("expect: {decision: deny, messageContains: {}, rules: {}}", "expect: {decision: allow}"));
        report.Results.ShouldAllBe(static r => r.Passed);
        report.Gaps.ShouldBeEmpty();
        report.Survivors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(static s => s.Change.ShouldBe("dropped the match condition 'high-risk'"), static s => s.Rule.ShouldBeNull());
        report.Passed.ShouldBeFalse();
    }

    [Fact]
    public void Lets_a_case_that_fails_notice_nothing()
    {
        var report = Report(("rules: {LOAN-001: notApplicable}", "rules: {LOAN-001: pass}"), NoRiskClass);
        report.Results.Count(static r => !r.Passed).ShouldBe(2);
        report.Survivors.ShouldHaveSingleItem().Rule.ShouldBeNull();
    }

    [Fact]
    public void Finds_every_rule_uncovered_and_every_change_unnoticed_without_tests()
    {
        var report = PolicyTests.RunAll(Set, [LoanRelease.SchemaFile, LoanRelease.PolicyFile]);
        report.Gaps.Count.ShouldBe(6);
        report.Survivors.Count.ShouldBe(4);
        report.Survivors[1].ShouldSatisfyAllConditions(
            static s => s.Change.ShouldBe("negated LOAN-002"), static s => s.File.ShouldBe("loan-release.yaml"),
            static s => LoanRelease.Policy.Split('\n')[s.Rule!.Line - 1].ShouldContain("id: LOAN-002"));
    }

    [Theory]
    [InlineData("kind: PolicyTest", "kind: Policy", "document.kind")]
    [InlineData("policy: loan-release.yaml", "policy: loan-relase.yaml", "test.policy")]
    [InlineData("waivers: waiver.yaml", "waivers: waver.yaml", "test.waivers")]
    [InlineData("\nnow: 2026-08-10T12:00:00Z", "", "test.now")]
    [InlineData("cases:", "case:", "document.missing-key")]
    [InlineData("rules: {LOAN-003: waived}", "rules: {LOAN-004: waived}", "test.rule")]
    [InlineData("{LOAN-003: waived}", "{LOAN-003: wavied}", "document.value")]
    [InlineData("parameters: {approvers: 2}", "parameters: {aprovers: 2}", "test.parameter")]
    [InlineData("baseFacts:", "parameters: {aprovers: 2}\nbaseFacts:", "test.parameter")]
    [InlineData("op: remove", "op: move", "document.value")]
    public void Refuses_a_file_that_is_no_usable_test(string old, string replacement, string code)
    {
        var results = Run(old, replacement);
        results.ShouldAllBe(static r => !r.Passed);
        results.ShouldContain(r => r.Error!.Code == code);
    }
}
