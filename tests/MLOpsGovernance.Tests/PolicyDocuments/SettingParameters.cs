using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class SettingParameters
{
    private const string Declared = "    driftAge:    {type: duration, default: 24h}";

    private static PolicySetLoad Load(string parameter, string expression = "params.driftAge == params.driftAge")
    {
        var policy = LoanRelease.Policy.Replace(Declared, $"{Declared}\n    {parameter}", StringComparison.Ordinal)
            .Replace("datasets.size() > 0 && variables.gaps.size() == 0", expression, StringComparison.Ordinal);
        policy.ShouldContain(parameter);
        return PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]);
    }

    private static RuleOutcome Outcome(string parameter, string expression)
    {
        var load = Load(parameter, expression);
        load.Errors.ShouldBeEmpty();
        return load.Set!.Evaluate(LoanRelease.Query()).Rules.Single(static r => r.Rule == "LOAN-002").Result;
    }

    [Theory]
    [InlineData("months: {type: 'map(string, int)', default: {high: 6, limited: 12}}", "params.months[model.riskClass] == 6 && params.months.limited == 12 && params.months.size() == 2")]
    [InlineData("names: {type: 'map(int, string)', default: {1: first, 2: second}}", "params.names[2] == 'second'")]
    [InlineData("roles2: {type: 'map(string, list(string))', default: {high: [a, b]}, maxItems: 5}", "params.roles2.high == ['a', 'b']")]
    [InlineData("nothing: {type: 'map(string, int)', default: {}}", "params.nothing.size() == 0 && !has(params.nothing.high)")]
    public void Takes_maps(string parameter, string expression) => Outcome(parameter, expression).ShouldBe(RuleOutcome.Pass);

    [Fact]
    public void Lets_a_test_set_a_whole_map_for_all_its_cases_or_for_one()
    {
        var policy = LoanRelease.Policy.Replace(Declared, $"{Declared}\n    months: {{type: 'map(string, int)', default: {{high: 6}}}}", StringComparison.Ordinal)
            .Replace("datasets.size() > 0 && variables.gaps.size() == 0", "params.months.high == 6", StringComparison.Ordinal);
        var test = LoanRelease.Test[..LoanRelease.Test.IndexOf("cases:", StringComparison.Ordinal)] + """
            parameters: {months: {high: 7}}
            cases:
              - name: that of the file
                expect: {rules: {LOAN-002: fail}}
              - name: that of the case
                parameters: {months: {high: 6}}
                expect: {rules: {LOAN-002: pass}}
            """;
        var set = PolicySet.Load([LoanRelease.SchemaFile, new("loan-release.yaml", policy)]).Set!;
        PolicyTests.Run(set, new("loan-release.test.yaml", test), LoanRelease.Files).ShouldAllBe(static r => r.Passed);
    }

    [Theory]
    [InlineData("months: {type: 'map(string, int)', default: {high: six}}", "policy.parameter", "months.high")]
    [InlineData("months: {type: 'map(int, int)', default: {high: 6}}", "policy.parameter", "keyed by whole numbers")]
    [InlineData("months: {type: 'map(string, int)', default: [6]}", "policy.parameter", "map(string, int)")]
    [InlineData("months: {type: 'map(string, int)', default: {a: 1, b: 2}, maxItems: 1}", "policy.parameter", "at most 1 entries")]
    [InlineData("months: {type: 'map(string, int)', default: {a: 13}, maximum: 12}", "policy.parameter", "to 12")]
    [InlineData("months: {type: 'map(bool, int)', default: {}}", "policy.type", "keyed by string or int")]
    [InlineData("months: {type: int, default: 6, maxItems: 3}", "policy.ignored", "'maxItems' means nothing for the type int")]
    [InlineData("months: {type: string, default: a, minimum: 3}", "policy.ignored", "'minimum' means nothing for the type string")]
    [InlineData("in-months: {type: int, default: 6}", "schema.name", "'in-months' is no name")]
    [InlineData("months: {type: Month, default: 6}", "policy.type", "'Month' is no type")]
    [InlineData("months: {type: int}", "document.missing-key", "needs 'default'")]
    public void Refuses_what_nobody_could_set_or_use(string parameter, string code, string why)
    {
        var errors = Load(parameter).Errors;
        errors.ShouldContain(e => e.Code == code && e.Message.Contains(why, StringComparison.Ordinal), string.Join("\n", errors));
    }
}
