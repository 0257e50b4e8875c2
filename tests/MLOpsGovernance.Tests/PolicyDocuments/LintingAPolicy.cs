using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class LintingAPolicy
{
    private const string Rule = "datasets.size() > 0 && variables.gaps.size() == 0";

    private static PolicySetLoad Load(string old, string replacement, string? schema = null)
    {
        LoanRelease.Policy.ShouldContain(old);
        return PolicySet.Load([new("schema.yaml", schema ?? LoanRelease.Schema), new("loan-release.yaml", LoanRelease.Policy.Replace(old, replacement, StringComparison.Ordinal))]);
    }

    private static PolicySetLoad WithRule(string expression) => Load(Rule, $">-\n          {expression}");

    [Theory]
    [InlineData("datasets.size() > 0 && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.all(d, d.lineage.complete) && size(datasets) >= 1")]
    [InlineData("datasets.size() == 2 && datasets.all(d, d.lineage.complete)")]
    [InlineData("0 < datasets.size() && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets != [] && datasets.all(d, d.lineage.complete)")]
    [InlineData("!(datasets.size() == 0) && datasets.all(d, d.lineage.complete)")]
    [InlineData("!(datasets.size() < 1 || model.id == '') && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.exists(d, d.id == 'income') && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.filter(d, d.id == 'income').size() > 0 && datasets.all(d, d.lineage.complete)")]
    [InlineData("'income' in datasets.map(d, d.id) && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.map(d, d.id).all(i, i != '') && datasets.size() > 0")]
    [InlineData("datasets.size() == 0 || datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets == [] || datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.size() > 0 ? datasets.all(d, d.lineage.complete) : model.id == 'x'")]
    [InlineData("datasets.size() == 0 ? model.id == 'x' : datasets.all(d, d.lineage.complete)")]
    [InlineData("(datasets.size() > 0 && model.id != '') && !datasets.all(d, d.lineage.complete)")]
    [InlineData("cel.bind(n, datasets.size(), n > 0 && datasets.all(d, d.lineage.complete))")]
    [InlineData("approvals.exists(a, model.authors.size() > 0 && model.authors.all(b, b != a.actor))")]
    [InlineData("approvals.map(a, a.role != '' && model.authors.size() > 0, model.authors.all(b, b != a.actor)).size() >= 0")]
    [InlineData("variables.counted.size() > 0 && variables.counted.all(a, a.role != '')")]
    [InlineData("variables.counted.size() > 0 && approvals.all(a, a.role != '')")]
    [InlineData("['a', 'b'].all(r, r != model.id)")]
    [InlineData("size(params.roles) > 0 && params.roles.all(r, r != model.id)")]
    public void Takes_an_all_where_somebody_said_what_an_empty_list_means(string expression) => WithRule(expression).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.size() >= 0 && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.size() == 0 && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.size() > 0 || datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.size() != 1 && datasets.all(d, d.lineage.complete)")]
    [InlineData("approvals.size() > 0 && datasets.all(d, d.lineage.complete)")]
    [InlineData("(datasets.size() > 0 || model.id == '') && datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.size() > 0 == true && datasets.all(d, d.lineage.complete)")]
    [InlineData("!datasets.all(d, d.lineage.complete)")]
    [InlineData("datasets.filter(d, d.id == 'income').all(d, d.lineage.complete) && datasets.size() > 0")]
    [InlineData("datasets.size() > 0 ? model.id == 'x' : datasets.all(d, d.lineage.complete)")]
    [InlineData("'datasets.size() > 0' != '' && datasets.all(d, d.lineage.complete)")]
    [InlineData("approvals.exists(a, model.authors.all(b, b != a.actor))")]
    [InlineData("params.roles.all(r, r != model.id)")]
    public void Refuses_an_all_that_an_empty_list_would_satisfy_unsaid(string expression)
    {
        var error = WithRule(expression).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("lint.vacuous-all");
        error.Message.ShouldContain(".size() == 0 || …");
    }

    [Theory]
    [InlineData("datasets.filter(d, !d.lineage.complete)", "approvals.filter(a, datasets.all(d, d.lineage.complete))")]
    [InlineData("model.riskClass == 'high'}", "\"datasets.all(d, d.lineage.complete)\"}")]
    public void Looks_into_variables_and_conditions_too(string old, string replacement) =>
        Load(old, replacement).Errors.ShouldHaveSingleItem().Code.ShouldBe("lint.vacuous-all");

    [Fact]
    public void Lets_a_message_say_what_it_likes() =>
        Load("message: Lineage is missing.", "message: Lineage is missing.\n      messageExpression: \"string(datasets.all(d, d.lineage.complete))\"").Errors.ShouldBeEmpty();

    [Fact]
    public void Warns_of_has_on_a_field_that_is_always_there()
    {
        var load = WithRule("has(model.id) && has(monitoring.drift)");
        load.Set.ShouldNotBeNull();
        load.Warnings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(static w => w.Code.ShouldBe("lint.has-required"), static w => w.Message.ShouldContain("'id' is required"));
    }

    [Theory]
    [InlineData("approvals.exists(a, a.displayName == model.ownerFullName)", 2)]
    [InlineData("approvals.exists(a, a.displayName in model.authors)", 1)]
    [InlineData("approvals.exists(a, a.name != 'Eve')", 1)]
    [InlineData("approvals.exists(a, a.actor in model.authors)", 0)]
    [InlineData("datasets.exists(d, d.name == model.name)", 0)]
    public void Warns_where_names_of_people_are_compared_instead_of_their_ids(string expression, int warnings)
    {
        var schema = LoanRelease.Schema
            .Replace("Approval:\n      fields: {", "Approval:\n      fields: {displayName: {type: string}, name: {type: string}, ", StringComparison.Ordinal)
            .Replace("Model: {fields: {", "Model: {fields: {ownerFullName: {type: string}, name: {type: string}, ", StringComparison.Ordinal)
            .Replace("Dataset: {fields: {", "Dataset: {fields: {name: {type: string}, ", StringComparison.Ordinal);
        var load = Load(Rule, $">-\n          {expression}", schema);
        load.Errors.ShouldBeEmpty();
        load.Warnings.Count(static w => w.Code == "lint.display-name").ShouldBe(warnings);
    }
}
