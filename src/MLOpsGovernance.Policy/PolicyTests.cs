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
public sealed record CoverageGap(string Policy, PolicyRule Rule, RuleOutcome Missing, string File);

/// <summary>A change that would turn the policy into another one, and that none of its tests notices.</summary>
/// <param name="File">The policy's file.</param>
/// <param name="Rule">The rule that was changed; null where it was the policy's match.</param>
/// <param name="Change">What was changed, as a sentence: <c>negated REL-001</c>, <c>dropped the match condition 'gated'</c>.</param>
public sealed record SurvivingMutant(string Policy, string File, PolicyRule? Rule, string Change);

/// <summary>All that the tests of a set say about it.</summary>
/// <param name="Mutants">How many changes were tried.</param>
public sealed record PolicyTestReport(
    IReadOnlyList<PolicyTestResult> Results, IReadOnlyList<CoverageGap> Gaps, IReadOnlyList<SurvivingMutant> Survivors, int Mutants)
{
    /// <summary>Every case passes, every rule is seen passing and failing, and every change is noticed.</summary>
    public bool Passed => Results.All(static r => r.Passed) && Gaps.Count == 0 && Survivors.Count == 0;
}

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
               select new CoverageGap(policy.Name, rule, wanted, policy.Path),
        ];
    }

    public static bool IsTest(PolicyFile file) => file.Path.EndsWith(".test.yaml", StringComparison.Ordinal);

    /// <summary>Every test file among the files of the set, what they leave uncovered, and what could be changed without one of them noticing.</summary>
    public static PolicyTestReport RunAll(PolicySet set, IReadOnlyList<PolicyFile> files)
    {
        var documents = new List<TestDocument>();
        var results = new List<PolicyTestResult>();
        foreach (var test in files.Where(IsTest)) results.AddRange(Run(set, test, files, documents));
        var (survivors, tried) = MutationCheck.Run(set, documents, results);
        return new(results, Gaps(set, results), survivors, tried);
    }

    /// <summary>One result per case; one result with an error when the file is no usable test document, so that none is skipped silently.</summary>
    /// <param name="files">Where the waiver file is found that the test names, by its path relative to the test file.</param>
    public static IReadOnlyList<PolicyTestResult> Run(PolicySet set, PolicyFile test, IEnumerable<PolicyFile>? files = null) => Run(set, test, files ?? [], []);

    private static IReadOnlyList<PolicyTestResult> Run(PolicySet set, PolicyFile test, IEnumerable<PolicyFile> files, List<TestDocument> documents)
    {
        var diagnostics = new Diagnostics();
        var document = YamlReader.Read(test, diagnostics) is { } root
            ? TestReader.Read(set, test, root, files.ToDictionary(static f => f.Path, StringComparer.Ordinal), diagnostics)
            : null;
        if (document is null || diagnostics.Count > 0)
            return [.. diagnostics.Errors.Select(e => new PolicyTestResult(test.Path, e.Line, e.Column, "", "", [], e, null, TimeSpan.Zero))];
        documents.Add(document);
        return [.. document.Cases.Select(c => TestRun.Run(set, document, c))];
    }
}
