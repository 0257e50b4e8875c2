using MLOpsGovernance.Policy;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyDocuments;

public sealed class RunningPolicyTests
{
    [Fact]
    public void Passes_every_case_of_a_policy_that_keeps_its_promises()
    {
        var load = PolicySet.Load(LoanRelease.Files);
        load.Errors.ShouldBeEmpty();
        var results = PolicyTests.Run(load.Set!, LoanRelease.TestFile, LoanRelease.Files);
        results.ShouldAllBe(static r => r.Passed, string.Join("; ", results.SelectMany(static r => r.Failures.Append(r.Error?.Message ?? "").Select(f => $"{r.Name}: {f}"))));
        results.Count.ShouldBe(12);
    }
}
