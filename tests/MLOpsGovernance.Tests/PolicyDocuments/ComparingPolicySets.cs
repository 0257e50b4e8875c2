using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Differences;
using MLOpsGovernance.Tests.HouseRules;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

/// <summary>What is different between two sets is said in words, and whether it lets more through or less.</summary>
public sealed class ComparingPolicySets
{
    private static PolicySet Set(string policy, params PolicyFile[] more)
    {
        var load = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy), .. more]);
        load.Errors.ShouldBeEmpty();
        return load.Set!;
    }

    private static string With(string old, string replacement)
    {
        LoanRelease.Policy.ShouldContain(old);
        return LoanRelease.Policy.Replace(old, replacement, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_whether_what_runs_and_breaks_it_goes_on_running()
    {
        var (reports, suspends) = (Set(LoanRelease.Policy), Set(With("{production: mandatory}}", "{production: mandatory}, live: suspend}")));
        var tightened = SetDifference.Between(reports, suspends).ShouldHaveSingleItem();
        (tightened.Effect, tightened.What, tightened.Sentence).ShouldBe(
            (ChangeEffect.Tightened, "suspends-live", "What runs and breaks loan-release where it is mandatory is suspended and to be taken down; it was reported only."));
        var relaxed = SetDifference.Between(suspends, reports).ShouldHaveSingleItem();
        (relaxed.Effect, relaxed.What, relaxed.Sentence).ShouldBe((ChangeEffect.Relaxed, "reports-live", "What runs and breaks loan-release is reported only; it was suspended and to be taken down."));
    }

    [Theory]
    // Levels.
    [InlineData("{production: mandatory}", "{production: advisory}", "level-lowered", "loan-release is advisory in production; it was mandatory.")]
    [InlineData("default: advisory", "default: audit", "level-lowered", "loan-release is recorded only; it was advisory.")]
    // Where it looks.
    [InlineData("actions: [deploy, promote]", "actions: [deploy, rollback]", "scope-narrowed", "loan-release is no longer asked about promote.")]
    [InlineData("environments: [staging, production]", "environments: [production]", "scope-narrowed", "loan-release is no longer asked in staging.")]
    [InlineData("expression: model.riskClass == 'high'}]", "expression: model.riskClass == 'high'}, {name: ours, expression: model.id == 'loans'}]", "scope-narrowed", "loan-release looks only where ours (model.id == 'loans').")]
    [InlineData("failurePolicy: Fail", "failurePolicy: Ignore", "errors-ignored", "What loan-release cannot decide is only recorded; it counted as failed.")]
    // Parameters, by what the rules do with them.
    [InlineData("default: 1, minimum: 1, maximum: 10", "default: 1, minimum: 0, maximum: 10", "range-widened", "approvers of loan-release may be set further than before: 0 to 10 instead of 1 to 10.")]
    [InlineData("driftAge:    {type: duration, default: 24h}", "driftAge:    {type: duration, default: 48h}", "limit-widened", "driftAge of loan-release is 172800s; it was 86400s, so more passes.")]
    [InlineData("approvalAge: {type: duration, default: 720h}", "approvalAge: {type: duration, default: 721h}", "limit-widened", "approvalAge of loan-release is 2595600s; it was 2592000s, so more passes.")]
    [InlineData("default: [risk-officer, validator]", "default: [risk-officer, validator, intern]", "limit-widened", "roles of loan-release is [\"risk-officer\",\"validator\",\"intern\"]; it was [\"risk-officer\",\"validator\"], so more passes.")]
    // Waivers.
    [InlineData("maxDuration: 720h", "maxDuration: 2160h", "limit-widened", "A waiver of loan-release lasts up to 90 days; it was up to 30 days.")]
    [InlineData("approverRoles: [chief-risk-officer]", "approverRoles: [chief-risk-officer, viewer]", "approvers-added", "A waiver of loan-release may be approved by viewer too.")]
    [InlineData("requireCompensatingControl: true", "requireCompensatingControl: false", "limit-widened", "A waiver of loan-release needs no compensating control any more.")]
    [InlineData("title: Every dataset has its lineage", "waivable: true\n      title: Every dataset has its lineage", "rule-waivable", "LOAN-002 may be waived; it might not be.")]
    // Rules.
    [InlineData("expression: datasets.size() > 0 && variables.gaps.size() == 0", "expression: variables.gaps.size() == 0", "rule-relaxed", "LOAN-002 asks for less: variables.gaps.size() == 0 instead of datasets.size() > 0 && variables.gaps.size() == 0. (Every dataset has its lineage)")]
    [InlineData("expression: datasets.size() > 0 && variables.gaps.size() == 0", "expression: datasets.size() > 0 && variables.gaps.size() <= 0 || model.id == 'loans'", "rule-changed", null)]
    [InlineData("      title: Every dataset", "      effectiveFrom: 2027-12-02\n      title: Every dataset", "date-later", "LOAN-002 begins on 2027-12-02; it was in force.")]
    public void Says_what_is_relaxed_and_the_other_way_round_what_is_tightened(string old, string replacement, string what, string? sentence)
    {
        var (before, after) = (Set(LoanRelease.Policy), Set(With(old, replacement)));
        var change = SetDifference.Between(before, after)[0];
        (change.What, change.Policy).ShouldBe((what, "loan-release"), change.Sentence);
        if (sentence is not null) change.Sentence.ShouldBe(sentence);
        if (what == "rule-changed")
        {
            change.Effect.ShouldBe(ChangeEffect.Changed);
            return;
        }

        change.Effect.ShouldBe(ChangeEffect.Relaxed);
        SetDifference.Between(after, before).ShouldNotContain(c => c.Effect == ChangeEffect.Relaxed && c.What != "scope-narrowed");
        SetDifference.Between(after, before).ShouldContain(c => c.Effect == ChangeEffect.Tightened || what == "range-widened" || c.What == "scope-narrowed");
    }

    [Theory]
    [InlineData("default: 1, minimum", "default: 2, minimum", ChangeEffect.Tightened)]
    [InlineData("default: 24h}", "default: 12h}", ChangeEffect.Tightened)]
    [InlineData("default: [risk-officer, validator]", "default: [risk-officer]", ChangeEffect.Tightened)]
    [InlineData("default: [risk-officer, validator]", "default: [risk-officer, intern]", ChangeEffect.Changed)]
    public void Knows_which_way_a_parameter_turns_the_rules(string old, string replacement, ChangeEffect effect) =>
        SetDifference.Between(Set(LoanRelease.Policy), Set(With(old, replacement))).ShouldHaveSingleItem().Effect.ShouldBe(effect);

    [Theory]
    [InlineData("datasets.size() >= 2 && approvals.size() > 1", "datasets.size() >= 1 && approvals.size() > 1", ChangeEffect.Relaxed)]
    [InlineData("datasets.size() >= 2 && approvals.size() > 1", "datasets.size() >= 3 && approvals.size() > 1", ChangeEffect.Tightened)]
    [InlineData("!(datasets.size() < 2)", "!(datasets.size() < 1)", ChangeEffect.Relaxed)]
    [InlineData("approvals.exists(a, now - a.at < duration('24h'))", "approvals.exists(a, now - a.at < duration('48h'))", ChangeEffect.Relaxed)]
    [InlineData("approvals.filter(a, now - a.at < duration('24h')).size() >= 1", "approvals.filter(a, now - a.at < duration('12h')).size() >= 1", ChangeEffect.Tightened)]
    [InlineData("approvals.size() == 2", "approvals.size() == 1", ChangeEffect.Changed)]
    [InlineData("approvals.size() > 1 || datasets.size() > 1", "approvals.size() > 1", ChangeEffect.Tightened)]
    [InlineData("approvals.size() > 1", "approvals.size() > 1 || datasets.size() > 1", ChangeEffect.Relaxed)]
    [InlineData("model.id == 'a'", "model.id == 'b'", ChangeEffect.Changed)]
    [InlineData("approvals.size() > 1", "approvals.size()   >\n        1", null)]
    public void Sees_whether_a_rule_asks_for_more_or_for_less(string before, string after, ChangeEffect? effect)
    {
        const string rule = "expression: datasets.size() > 0 && variables.gaps.size() == 0";
        var changes = SetDifference.Between(Set(With(rule, $"expression: >-\n        {before}")), Set(With(rule, $"expression: >-\n        {after}")));
        if (effect is null) changes.ShouldHaveSingleItem().What.ShouldBe("wording-changed");
        else changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.Effect.ShouldBe(effect.Value, c.Sentence), c => c.Rule.ShouldBe("LOAN-002"));
    }

    [Fact]
    public void Blames_a_definition_on_the_rules_that_rest_on_it() =>
        SetDifference.Between(Set(LoanRelease.Policy), Set(With("a.outcome == 'approved' && !a.revoked", "!a.revoked"))).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Rule.ShouldBe("LOAN-001"), c => c.Effect.ShouldBe(ChangeEffect.Changed), c => c.Sentence.ShouldStartWith("LOAN-001 counts otherwise"));

    [Fact]
    public void Says_which_rules_nobody_asks_any_more_and_which_are_new()
    {
        var other = LoanRelease.Policy.Replace("loan-release", "loan-sale", StringComparison.Ordinal).Replace("LOAN-", "SALE-", StringComparison.Ordinal);
        var changes = SetDifference.Between(Set(LoanRelease.Policy), PolicySet.Load([LoanRelease.SchemaFile, new("loan-sale.yaml", other)]).Set.ShouldNotBeNull());
        changes.Select(c => (c.Effect, c.What, c.Rule)).ShouldBe(
        [
            (ChangeEffect.Relaxed, "policy-removed", null), (ChangeEffect.Relaxed, "rule-removed", "LOAN-001"), (ChangeEffect.Relaxed, "rule-removed", "LOAN-002"), (ChangeEffect.Relaxed, "rule-removed", "LOAN-003"),
            (ChangeEffect.Tightened, "policy-added", null), (ChangeEffect.Tightened, "rule-added", "SALE-001"), (ChangeEffect.Tightened, "rule-added", "SALE-002"), (ChangeEffect.Tightened, "rule-added", "SALE-003"),
        ]);
        changes[1].Sentence.ShouldBe("Nobody asks any more that: Approved by someone who did not build it (LOAN-001, it was advisory, mandatory in production).");
    }

    [Fact]
    public void Counts_everything_as_new_where_nothing_was_in_force() =>
        SetDifference.Between(null, LoanRelease.Set()).ShouldAllBe(c => c.Effect == ChangeEffect.Tightened);

    [Fact]
    public void Is_empty_for_the_same_set_however_it_is_written()
    {
        SetDifference.Between(LoanRelease.Set(), Set("# a comment\n" + LoanRelease.Policy)).ShouldBeEmpty();
        SetDifference.Documents(LoanRelease.Set(), Set("# a comment\n" + LoanRelease.Policy)).ShouldBeEmpty();
    }

    [Fact]
    public void Names_the_documents_that_differ()
    {
        var files = PolicySet.ReadFolder(Path.Combine(House.Root, "policies"));
        var shipped = PolicySet.Load(files).Set.ShouldNotBeNull();
        var changed = PolicySet.Load(files.Where(f => f.Path != "purposes.yaml")
            .Select(f => f.Path == "gate/release.yaml" ? f with { Text = f.Text.Replace("owner: group:model-risk", "owner: group:ml", StringComparison.Ordinal) } : f)
            .Append(new("more.yaml", "apiVersion: governance.mlops/v1\nkind: EvidenceKinds\nspec: {kinds: [{code: x, title: X}]}"))).Set.ShouldNotBeNull();

        SetDifference.Documents(shipped, changed).Select(d => (d.Path, d.Change)).ShouldBe([("gate/release.yaml", "changed"), ("more.yaml", "added"), ("purposes.yaml", "removed")]);
        var sentences = SetDifference.Between(shipped, changed).Select(c => c.Sentence).ToList();
        sentences.ShouldContain("The kind of evidence x is new.");
        sentences.ShouldContain("The purpose credit-scoring is gone.");
        sentences.ShouldContain("gate/release.yaml says the same in other words.");
    }
}
