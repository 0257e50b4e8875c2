using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Testing;
using MLOpsGovernance.Policy.Yaml;

namespace MLOpsGovernance.Policy;

/// <param name="File">The test file.</param>
/// <param name="Line">Where the case begins, 1-based.</param>
/// <param name="Name">Empty when the file itself cannot be used.</param>
/// <param name="Failures">What was expected and what came instead; empty when the case passed.</param>
/// <param name="Error">Why the case could not be run, or null.</param>
/// <param name="Verdict">What the policy said, where it was asked.</param>
public sealed record PolicyTestResult(
    string File, int Line, int Column, string Policy, string Name, IReadOnlyList<string> Failures, LoadError? Error, PolicyVerdict? Verdict, TimeSpan Duration)
{
    public bool Passed => Error is null && Failures.Count == 0;
}

/// <summary>A rule that no test of its policy has seen with this result.</summary>
public sealed record CoverageGap(string Policy, string Rule, RuleOutcome Missing);

/// <summary>Runs documents of kind PolicyTest.</summary>
public static class PolicyTests
{
    /// <summary>What the results leave untested: every rule wants a case in which it passes and one in which it fails. What a failed case saw proves nothing.</summary>
    public static IReadOnlyList<CoverageGap> Gaps(PolicySet set, IEnumerable<PolicyTestResult> results)
    {
        var seen = results.Where(static r => r.Passed).SelectMany(static r => r.Verdict?.Rules ?? [])
            .Select(static r => (r.Policy, r.Rule, Result: r.Result == RuleOutcome.Waived ? r.Waiver!.Underlying : r.Result)).ToHashSet();
        return
        [
            .. from policy in set.Policies
               from rule in policy.Rules
               from wanted in (RuleOutcome[])[RuleOutcome.Pass, RuleOutcome.Fail]
               where !seen.Contains((policy.Name, rule.Id, wanted))
               select new CoverageGap(policy.Name, rule.Id, wanted),
        ];
    }

    /// <summary>One result per case; one result with an error when the file is no usable test document, so that none is skipped silently.</summary>
    /// <param name="files">Where the waiver file is found that the test names, by its path relative to the test file.</param>
    public static IReadOnlyList<PolicyTestResult> Run(PolicySet set, PolicyFile test, IEnumerable<PolicyFile>? files = null)
    {
        var diagnostics = new Diagnostics();
        var document = YamlReader.Read(test, diagnostics) is { } root
            ? TestReader.Read(set, test, root, (files ?? []).ToDictionary(static f => f.Path, StringComparer.Ordinal), diagnostics)
            : null;
        return document is null || diagnostics.Count > 0
            ? [.. diagnostics.Errors.Select(e => new PolicyTestResult(test.Path, e.Line, e.Column, "", "", [], e, null, TimeSpan.Zero))]
            : [.. document.Cases.Select(c => TestRun.Run(set, document, c))];
    }
}
