using System.Text;
using System.Text.Json;
using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class AskingAPolicySet
{
    private static readonly PolicySet Set = LoanRelease.Set();

    private static string Facts(string old, string replacement)
    {
        LoanRelease.Facts.ShouldContain(old);
        return LoanRelease.Facts.Replace(old, replacement, StringComparison.Ordinal);
    }

    private static RuleVerdict Rule(PolicyVerdict verdict, string id) => verdict.Rules.Single(r => r.Rule == id);

    [Fact]
    public void Allows_what_meets_every_rule()
    {
        var verdict = Set.Evaluate(LoanRelease.Query());
        verdict.Outcome.ShouldBe(PolicyOutcome.Allow);
        verdict.Rules.ShouldAllBe(static r => r.Result == RuleOutcome.Pass && r.Message == r.Title && r.Why.Count == 0);
        verdict.Annotations.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["loan-release/approvers"] = "user:carl" });
    }

    [Theory]
    [InlineData(LoanRelease.Facts)]
    [InlineData("{\"model\":1}")]
    [InlineData("[]")]
    public void Answers_the_same_of_facts_that_it_has_bound(string facts)
    {
        var query = LoanRelease.Query(facts);
        var bound = query with { Bound = Set.Bind(query.Facts) };

        for (var turn = 0; turn < 2; turn++) JsonSerializer.Serialize(Set.Evaluate(bound)).ShouldBe(JsonSerializer.Serialize(Set.Evaluate(query)));
    }

    [Fact]
    public void Reads_the_facts_itself_where_another_set_has_bound_them()
    {
        var other = LoanRelease.Query("{}");
        Set.Evaluate(LoanRelease.Query() with { Bound = LoanRelease.Set().Bind(other.Facts) }).Outcome.ShouldBe(PolicyOutcome.Allow);
    }

    [Fact]
    public void Explains_a_failure_by_the_parts_that_failed_and_their_values()
    {
        var rule = Rule(Set.Evaluate(LoanRelease.Query(Facts("2026-08-10T06:00:00Z", "2026-08-01T00:00:00Z"))), "LOAN-003");
        (rule.Result, rule.Message).ShouldBe((RuleOutcome.Fail, "evaluated 820800s ago"));
        rule.Why.ShouldBe(
        [
            new("now - monitoring.drift.lastEvaluatedAt <= params.driftAge", 105, "false"),
            new("now - monitoring.drift.lastEvaluatedAt", 105, "\"820800s\""),
            new("now", 105, "\"2026-08-10T12:00:00Z\""),
            new("monitoring.drift.lastEvaluatedAt", 111, "\"2026-08-01T00:00:00Z\""),
            new("params.driftAge", 147, "\"86400s\""),
        ]);
    }

    [Fact]
    public void Explains_an_error_by_where_it_came_from()
    {
        var rule = Rule(Set.Evaluate(LoanRelease.Query(Facts("\"at\":\"2026-08-09T08:00:00Z\"", "\"at\":\"yesterday\""))), "LOAN-001");
        rule.Result.ShouldBe(RuleOutcome.Error);
        rule.Message.ShouldStartWith("the fact approvals[0].at must be");
        rule.Why.ShouldHaveSingleItem().Expr.ShouldBe("variables.counted");
    }

    [Theory]
    [InlineData("\"riskClass\":\"high\"", "\"riskClass\":\"hihg\"")]
    [InlineData("\"riskClass\":\"high\",", "")]
    [InlineData("\"revoked\":false", "\"revoked\":\"no\"")]
    [InlineData("\"revoked\":false,", "")]
    [InlineData("[{\"actor\"", "[1,{\"actor\"")]
    [InlineData("\"datasets\":[", "\"datasets\":{},\"x\":[")]
    [InlineData("{\"complete\":true}", "null")]
    [InlineData("\"lastEvaluatedAt\":\"2026-08-10T06:00:00Z\"", "\"lastEvaluatedAt\":17")]
    [InlineData("{\"model\"", "{\"datasets\":[],\"model\"")]
    [InlineData("\"user:ann\",\"user:bob\"", "\"\\ud800\"")]
    [InlineData("}}}", "}}")]
    [InlineData("{\"model\"", "[{\"model\"")]
    public void Never_opens_on_facts_that_are_not_what_they_should_be(string old, string replacement)
    {
        var verdict = Set.Evaluate(LoanRelease.Query(Facts(old, replacement)));
        verdict.Outcome.ShouldBe(PolicyOutcome.Error);
        verdict.Rules.ShouldContain(static r => r.Result == RuleOutcome.Error);
    }

    [Fact]
    public void Never_opens_on_facts_larger_than_the_limit() =>
        Set.Evaluate(LoanRelease.Query(LoanRelease.Facts + new string(' ', 1024 * 1024))).Outcome.ShouldBe(PolicyOutcome.Error);

    [Fact]
    public void Takes_null_in_an_optional_field_as_absent() =>
        Rule(Set.Evaluate(LoanRelease.Query(Facts("{\"metrics\":[\"psi\"],\"lastEvaluatedAt\":\"2026-08-10T06:00:00Z\"}", "null"))), "LOAN-003").Message.ShouldBe("no drift monitor");

    [Fact]
    public void Denies_where_no_policy_is_meant_for_a_gated_environment()
    {
        var verdict = Set.Evaluate(LoanRelease.Query(environment: "moon"));
        (verdict.Outcome, verdict.Matched, verdict.Rules.Count).ShouldBe((PolicyOutcome.Deny, false, 0));
        Set.Evaluate(LoanRelease.Query(environment: "moon", gated: false)).Outcome.ShouldBe(PolicyOutcome.Allow);
        Set.Evaluate(LoanRelease.Query(action: "rollback")).Outcome.ShouldBe(PolicyOutcome.Deny);
    }

    [Fact]
    public void Denies_a_gated_environment_where_every_policy_was_out_of_scope()
    {
        var minimal = Facts("\"riskClass\":\"high\"", "\"riskClass\":\"minimal\"");
        var verdict = Set.Evaluate(LoanRelease.Query(minimal));
        verdict.Rules.ShouldAllBe(static r => r.Result == RuleOutcome.NotApplicable);
        (verdict.Outcome, verdict.Matched).ShouldBe((PolicyOutcome.Deny, false));
        Set.Evaluate(LoanRelease.Query(minimal, gated: false)).Outcome.ShouldBe(PolicyOutcome.Allow);
    }

    [Fact]
    public void Denies_a_gated_environment_where_no_rule_is_in_force_yet()
    {
        var policy = LoanRelease.Policy.Replace("      title: ", "      effectiveFrom: 2027-01-01\n      title: ", StringComparison.Ordinal);
        var verdict = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]).Set!.Evaluate(LoanRelease.Query());
        verdict.Rules.ShouldAllBe(static r => r.Result == RuleOutcome.NotYetInForce);
        (verdict.Outcome, verdict.Matched).ShouldBe((PolicyOutcome.Deny, false));
    }

    [Theory]
    [InlineData("environments: {production: mandatory}", "environments: {production: advisory}")]
    [InlineData("environments: {production: mandatory}", "environments: {production: audit}")]
    public void Denies_a_gated_environment_where_whatever_was_judged_could_only_warn(string old, string replacement)
    {
        var set = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", LoanRelease.Policy.Replace(old, replacement, StringComparison.Ordinal))]).Set!;
        var verdict = set.Evaluate(LoanRelease.Query());
        verdict.Rules.ShouldAllBe(static r => r.Result == RuleOutcome.Pass);
        (verdict.Outcome, verdict.Matched).ShouldBe((PolicyOutcome.Deny, false));
        set.Evaluate(LoanRelease.Query(gated: false)).Outcome.ShouldBe(PolicyOutcome.Allow);
        set.Covers(LoanRelease.Query()).ShouldBeFalse();
    }

    [Fact]
    public void Takes_an_error_that_is_only_recorded_for_no_judgement()
    {
        var broken = Facts("\"approvals\"", "\"approval\"").Replace("\"datasets\"", "\"dataset\"", StringComparison.Ordinal).Replace("\"monitoring\"", "\"monitor\"", StringComparison.Ordinal);
        PolicySet Under(string failurePolicy) => PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", LoanRelease.Policy.Replace("failurePolicy: Fail", failurePolicy, StringComparison.Ordinal))]).Set!;
        var ignored = Under("failurePolicy: Ignore").Evaluate(LoanRelease.Query(broken));
        ignored.Rules.ShouldAllBe(static r => r.Result == RuleOutcome.Error);
        (ignored.Outcome, ignored.Matched).ShouldBe((PolicyOutcome.Deny, false));
        Under("failurePolicy: Fail").Evaluate(LoanRelease.Query(broken)).ShouldSatisfyAllConditions(static v => v.Outcome.ShouldBe(PolicyOutcome.Error), static v => v.Matched.ShouldBeTrue());
    }

    [Fact]
    public void Covers_what_a_mandatory_rule_in_force_may_apply_to()
    {
        PolicySet Changed(string old, string replacement) => PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", LoanRelease.Policy.Replace(old, replacement, StringComparison.Ordinal))]).Set!;
        var unknown = LoanRelease.Query("{}");
        Set.Covers(unknown).ShouldBeTrue("some model may be of high risk");
        Set.Covers(LoanRelease.Query("{}", environment: "staging")).ShouldBeFalse("there it only warns");
        Set.Covers(LoanRelease.Query(Facts("\"riskClass\":\"high\"", "\"riskClass\":\"minimal\""))).ShouldBeFalse("this one is not");
        var dated = Changed("      title: ", "      effectiveFrom: 2027-01-01\n      title: ");
        dated.Covers(unknown).ShouldBeFalse("until then it would deny everything");
        dated.Covers(unknown with { Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero) }).ShouldBeTrue();
    }

    [Fact]
    public void Needs_one_judged_rule_and_not_every_one()
    {
        var policy = LoanRelease.Policy.Replace("title: Every dataset", "effectiveFrom: 2027-01-01\n      title: Every dataset", StringComparison.Ordinal);
        var verdict = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]).Set!.Evaluate(LoanRelease.Query());
        (verdict.Outcome, verdict.Matched).ShouldBe((PolicyOutcome.Allow, true));
    }

    [Fact]
    public void Warns_where_the_level_is_advisory()
    {
        var verdict = Set.Evaluate(LoanRelease.Query(Facts("\"complete\":true", "\"complete\":false"), environment: "staging", gated: false));
        verdict.Outcome.ShouldBe(PolicyOutcome.Warn);
        Rule(verdict, "LOAN-002").ShouldSatisfyAllConditions(static r => r.Result.ShouldBe(RuleOutcome.Fail), static r => r.Level.ShouldBe(EnforcementLevel.Advisory));
    }

    [Fact]
    public void Lets_a_failure_weigh_more_than_an_error()
    {
        var facts = Facts("\"complete\":true", "\"complete\":false").Replace("\"approvals\"", "\"approval\"", StringComparison.Ordinal);
        Set.Evaluate(LoanRelease.Query(facts)).Outcome.ShouldBe(PolicyOutcome.Deny);
    }

    [Fact]
    public void Does_not_evaluate_a_rule_before_its_time()
    {
        var policy = LoanRelease.Policy.Replace("title: Every dataset", "effectiveFrom: 2026-08-10T12:00:01Z\n      title: Every dataset", StringComparison.Ordinal);
        var set = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]).Set!;
        var query = LoanRelease.Query(Facts("\"complete\":true", "\"complete\":false"));
        Rule(set.Evaluate(query), "LOAN-002").Result.ShouldBe(RuleOutcome.NotYetInForce);
        set.Evaluate(query).Outcome.ShouldBe(PolicyOutcome.Allow);
        set.Evaluate(query with { Now = query.Now.AddSeconds(1) }).Outcome.ShouldBe(PolicyOutcome.Deny);
    }

    [Fact]
    public void Only_records_an_error_where_the_policy_ignores_errors()
    {
        var policy = LoanRelease.Policy.Replace("failurePolicy: Fail", "failurePolicy: Ignore", StringComparison.Ordinal);
        var set = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]).Set!;
        var verdict = set.Evaluate(LoanRelease.Query(Facts("\"approvals\"", "\"approval\"")));
        verdict.Outcome.ShouldBe(PolicyOutcome.Allow);
        Rule(verdict, "LOAN-001").Result.ShouldBe(RuleOutcome.Error);
        set.Evaluate(LoanRelease.Query(Facts("\"riskClass\":\"high\",", ""))).Rules.ShouldAllBe(static r => r.Result == RuleOutcome.NotApplicable);
    }

    [Theory]
    [InlineData("'  '")]
    [InlineData("'one\\ntwo'")]
    [InlineData("string(1 / 0)")]
    [InlineData("'%s'.format([lists.range(2000)])")]
    public void Falls_back_to_the_fixed_message_where_the_computed_one_is_unusable(string expression)
    {
        var policy = LoanRelease.Policy.Replace("message: Lineage is missing.", $"message: Lineage is missing.\n      messageExpression: >-\n        {expression}", StringComparison.Ordinal);
        var set = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]).Set!;
        Rule(set.Evaluate(LoanRelease.Query(Facts("\"complete\":true", "\"complete\":false"))), "LOAN-002").Message.ShouldBe("Lineage is missing.");
    }

    [Fact]
    public void Charges_a_variable_to_every_rule_that_reads_it_whoever_came_first()
    {
        var swapped = LoanRelease.Policy.Replace("datasets.size() > 0 && variables.gaps.size() == 0", "variables.counted.size() > 0", StringComparison.Ordinal);
        var set = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", swapped)]).Set!;
        var verdict = set.Evaluate(LoanRelease.Query());
        Rule(verdict, "LOAN-002").Cost.ShouldBeGreaterThan(30);
        Rule(verdict, "LOAN-001").Cost.ShouldBe(Rule(Set.Evaluate(LoanRelease.Query()), "LOAN-001").Cost);
    }

    [Fact]
    public void Gives_the_same_answer_to_the_byte_from_any_thread()
    {
        var query = LoanRelease.Query(Facts("\"complete\":true", "\"complete\":false"));
        string Answer() => JsonSerializer.Serialize(Set.Evaluate(query));
        var expected = Answer();
        Enumerable.Range(0, 200).AsParallel().Select(_ => Answer()).ShouldAllBe(a => a == expected);
    }

    [Fact]
    public void Never_costs_more_than_was_estimated_at_load()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"actor":"user:x","actorType":"human","role":"risk-officer","outcome":"approved","revoked":false,"artifactDigest":"sha256:aa","at":"2026-08-09T08:00:00Z"}""", 20));
        var verdict = Set.Evaluate(LoanRelease.Query(Facts("\"approvals\":[", $"\"approvals\":[{many}],\"ignored\":[")));
        Rule(verdict, "LOAN-001").ShouldSatisfyAllConditions(static r => r.Result.ShouldBe(RuleOutcome.Pass), static r => r.Cost.ShouldBeInRange(500, PolicyLimits.Rule));
    }

    [Fact]
    public void Reads_the_folder_in_ordinal_order_and_misnamed_files_with_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "a"));
            foreach (var name in (string[])["b.yaml", "a/c.yaml", "B.yaml", "x.txt", "z.yml", "Z.YAML"]) File.WriteAllText(Path.Combine(folder.FullName, name), name, Encoding.UTF8);
            PolicySet.ReadFolder(folder.FullName).Select(static f => f.Path).ShouldBe(["B.yaml", "Z.YAML", "a/c.yaml", "b.yaml", "z.yml"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
