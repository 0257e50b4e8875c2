using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class AskingWhatIsMissing
{
    private static readonly PolicySet Set = LoanRelease.Set();

    private static IEnumerable<string> Open(string facts, params string[] unknown) =>
        Set.Undecided(LoanRelease.Query(facts), unknown).Select(static o => $"{o.Rule}: {string.Join(", ", o.WaitsFor)}");

    [Fact]
    public void Names_the_rules_that_wait_and_what_for() =>
        Open(LoanRelease.Facts, "approvals", "datasets").ShouldBe(["LOAN-001: approvals", "LOAN-002: datasets"]);

    [Fact]
    public void Leaves_out_what_the_known_facts_decide_already() => Open(LoanRelease.Facts, "unused").ShouldBeEmpty();

    [Fact]
    public void Waits_for_the_scope_where_that_is_unknown() =>
        Open(LoanRelease.Facts, "model").ShouldBe(["LOAN-001: model", "LOAN-002: model", "LOAN-003: model"]);

    [Fact]
    public void Is_empty_for_a_model_that_is_out_of_scope() =>
        Open(LoanRelease.Facts.Replace("\"high\"", "\"minimal\"", StringComparison.Ordinal), "approvals").ShouldBeEmpty();
}
