using BenchmarkDotNet.Attributes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Benchmarks.Policies;

/// <summary>A whole decision from the JSON of the facts to the verdict of 30 rules. Target: at most 30 µs.</summary>
[MemoryDiagnoser]
public class ThirtyRules
{
    private static readonly string[] Kinds =
    [
        "model.risk != 'prohibited'", "model.tier <= 3", "!version.suspended", "version.artifactDigest.startsWith('sha256:')", "model.id.matches('^[a-z][a-z0-9-]*$')",
        "datasets.size() > 0 && datasets.all(d, d.complete)", "datasets.size() > 0 && datasets.all(d, !d.withdrawn && 'credit-risk' in d.purposes)",
        "approvals.exists(a, a.outcome == 'approved' && a.artifactDigest == version.artifactDigest && !(a.actor in model.authors))",
        "approvals.filter(a, !a.revoked).map(a, a.actor).distinct().size() >= 2", "approvals.exists(a, now - a.at <= duration('720h'))",
    ];

    private readonly PolicySet _set = Release.Set([.. Enumerable.Range(0, 30).Select(static i => Kinds[i % Kinds.Length])]);

    [Benchmark]
    public PolicyOutcome Evaluate()
    {
        var verdict = _set.Evaluate(Release.Query);
        return verdict.Outcome == PolicyOutcome.Allow ? verdict.Outcome : throw new InvalidOperationException(verdict.Rules.First(static r => r.Result != RuleOutcome.Pass).ToString());
    }
}
