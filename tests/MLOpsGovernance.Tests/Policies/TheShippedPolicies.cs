using MLOpsGovernance.Policy;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Policies;

/// <summary>What is in <c>policies/</c> is what every installation begins with, so each promise in it is seen kept and seen broken.</summary>
public sealed class TheShippedPolicies
{
    private static readonly IReadOnlyList<PolicyFile> Files = PolicySet.ReadFolder(RepositoryFiles.At("policies"));

    private static readonly Lazy<PolicySet> Shipped = new(() => PolicySet.Load(Files).Set.ShouldNotBeNull());

    public static TheoryData<string> Tests => [.. Files.Where(IsTest).Select(f => f.Path)];

    [Fact]
    public void Load_without_an_error()
    {
        var load = PolicySet.Load(Files);
        load.Errors.ShouldBeEmpty();
        load.Set!.Policies.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Pass_their_own_tests(string path)
    {
        var results = Run(path);
        results.ShouldNotBeEmpty();
        results.SelectMany(r => r.Failures.Append(r.Error?.Message).OfType<string>().Select(f => $"{r.File}:{r.Line} {r.Name}: {f}")).ShouldBeEmpty();
    }

    [Fact]
    public void Have_a_case_that_passes_and_a_case_that_fails_for_each_rule()
    {
        var seen = Files.Where(IsTest).SelectMany(f => Run(f.Path)).Where(r => r is { Passed: true, Verdict: not null })
            .SelectMany(r => r.Verdict!.Rules).Select(r => (r.Rule, r.Result)).ToHashSet();
        var rules = Set().Policies.SelectMany(p => p.Rules).Select(r => r.Id).ToList();
        rules.ShouldNotBeEmpty();
        rules.Where(r => !seen.Contains((r, RuleOutcome.Pass))).ShouldBeEmpty("never seen passing");
        rules.Where(r => !seen.Contains((r, RuleOutcome.Fail))).ShouldBeEmpty("never seen failing");
    }

    [Fact]
    public void Cannot_be_changed_without_a_test_that_notices() =>
        PolicyTests.RunAll(Set(), Files).Survivors.Select(s => $"{s.File}: {s.Change}").ShouldBeEmpty();

    private static bool IsTest(PolicyFile file) => file.Path.EndsWith(".test.yaml", StringComparison.Ordinal);

    private static PolicySet Set() => Shipped.Value;

    private static IReadOnlyList<PolicyTestResult> Run(string path) => PolicyTests.Run(Set(), Files.Single(f => f.Path == path), Files);
}
