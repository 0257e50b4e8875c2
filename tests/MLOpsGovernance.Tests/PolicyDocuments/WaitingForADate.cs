using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

/// <summary>A rule can stand in the set long before it applies; until then it says so and stands in nobody's way, unless the set takes it early.</summary>
public sealed class WaitingForADate
{
    private const string
        OfOneRule = "      title: Every dataset", OfThePolicy = "  failurePolicy: Fail",
        Manifest = "apiVersion: governance.mlops/v1\nkind: PolicySet\nmetadata: {name: set}\nspec: {adoptEarly: [NAMES]}\n";

    /// <summary>Without lineage, so that LOAN-002 fails as soon as it is in force.</summary>
    private static readonly string Facts = LoanRelease.Facts.Replace("\"complete\":true", "\"complete\":false", StringComparison.Ordinal);

    [Theory]
    [InlineData("2027-12-01T23:59:59Z", RuleOutcome.NotYetInForce, PolicyOutcome.Allow)]
    [InlineData("2027-12-02T00:00:00Z", RuleOutcome.Fail, PolicyOutcome.Deny)]
    [InlineData("2027-12-03T00:00:00Z", RuleOutcome.Fail, PolicyOutcome.Deny)]
    public void Denies_from_its_day_on_and_not_before(string now, RuleOutcome result, PolicyOutcome outcome)
    {
        var verdict = Judge(Set(Policy(OfOneRule, "      effectiveFrom: 2027-12-02")), now);
        var rule = verdict.Rules.Single(r => r.Rule == "LOAN-002");
        (rule.Result, verdict.Outcome).ShouldBe((result, outcome));
        if (result == RuleOutcome.NotYetInForce) rule.Message.ShouldBe("not yet in force: applies from 2027-12-02");
    }

    [Fact]
    public void Gives_the_date_of_a_policy_to_each_rule_without_one_of_its_own()
    {
        var set = Set(Policy(OfThePolicy, "  effectiveFrom: 2027-12-02").Replace(OfOneRule, $"      effectiveFrom: 2028-08-02T08:30:00Z\n{OfOneRule}", StringComparison.Ordinal));
        Judge(set, "2027-12-01T00:00:00Z").Rules.Select(r => r.Message).ShouldBe(
            ["not yet in force: applies from 2027-12-02", "not yet in force: applies from 2028-08-02T08:30:00Z", "not yet in force: applies from 2027-12-02"]);
        Judge(set, "2028-01-01T00:00:00Z").Rules.Select(r => r.Result == RuleOutcome.NotYetInForce).ShouldBe([false, true, false]);
    }

    [Theory]
    [InlineData("  adoptEarly: true\n", null)]
    [InlineData("", "LOAN-002")]
    [InlineData("", "loan-release")]
    public void Is_not_waited_for_where_the_set_adopts_it_early(string document, string? manifest)
    {
        var policy = Policy(OfOneRule, "      effectiveFrom: 2027-12-02").Replace(OfThePolicy, document + OfThePolicy, StringComparison.Ordinal);
        var set = manifest is null ? Set(policy) : Set(policy, new PolicyFile("set.yaml", Manifest.Replace("NAMES", manifest, StringComparison.Ordinal)));
        var verdict = Judge(set, "2026-08-10T12:00:00Z");
        (verdict.Rules.Single(r => r.Rule == "LOAN-002").Result, verdict.Outcome).ShouldBe((RuleOutcome.Fail, PolicyOutcome.Deny));
        set.Policies[0].Rules.Select(r => r.AdoptedEarly).ShouldBe([false, true, false]);
    }

    [Fact]
    public void Is_no_open_question_before_its_date() =>
        Set(Policy(OfOneRule, "      effectiveFrom: 2027-12-02")).Undecided(LoanRelease.Query(), ["datasets"]).ShouldNotContain(r => r.Rule == "LOAN-002");

    [Fact]
    public void Makes_another_set_of_it_when_it_is_adopted_early()
    {
        var policy = Policy(OfOneRule, "      effectiveFrom: 2027-12-02");
        Set(policy, new PolicyFile("set.yaml", Manifest.Replace("NAMES", "LOAN-002", StringComparison.Ordinal))).Digest.ShouldNotBe(Set(policy).Digest);
    }

    [Theory]
    [InlineData("LOAN-02", "set.unknown-name", "LOAN-002")]
    [InlineData("LOAN-001", "policy.ignored", null)]
    [InlineData("LOAN-002, LOAN-002", "set.duplicate-name", null)]
    public void Is_refused_for_a_name_that_means_nothing(string names, string code, string? suggestion)
    {
        var load = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", Policy(OfOneRule, "      effectiveFrom: 2027-12-02")), new("set.yaml", Manifest.Replace("NAMES", names, StringComparison.Ordinal))]);
        load.Set.ShouldBeNull();
        var error = load.Errors.ShouldHaveSingleItem();
        (error.File, error.Line, error.Code, error.Suggestion).ShouldBe(("set.yaml", 4, code, suggestion));
    }

    [Fact]
    public void Is_refused_where_nothing_has_a_date() =>
        PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", Policy(OfThePolicy, "  adoptEarly: true"))]).Errors.ShouldHaveSingleItem().Code.ShouldBe("policy.ignored");

    [Fact]
    public void Is_said_of_the_set_in_one_manifest_at_most()
    {
        var manifest = Manifest.Replace("[NAMES]", "[]", StringComparison.Ordinal);
        PolicySet.Load([LoanRelease.SchemaFile, new("a.yaml", manifest), new("b.yaml", manifest)]).Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            e => e.Code.ShouldBe("set.manifests"), e => e.File.ShouldBe("b.yaml"));
    }

    private static string Policy(string before, string line) => LoanRelease.Policy.Replace(before, $"{line}\n{before}", StringComparison.Ordinal);

    private static PolicySet Set(string policy, params PolicyFile[] more)
    {
        var load = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy), .. more]);
        load.Errors.ShouldBeEmpty();
        return load.Set!;
    }

    private static PolicyVerdict Judge(PolicySet set, string now)
    {
        var at = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
        // Nothing else may turn with the clock: the approval and the drift are of yesterday.
        var facts = Facts.Replace("2026-08-09T08:00:00Z", Day(at), StringComparison.Ordinal).Replace("2026-08-10T06:00:00Z", Day(at), StringComparison.Ordinal);
        return set.Evaluate(LoanRelease.Query() with { Now = at, Facts = Encoding.UTF8.GetBytes(facts) });
    }

    private static string Day(DateTimeOffset at) => at.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
