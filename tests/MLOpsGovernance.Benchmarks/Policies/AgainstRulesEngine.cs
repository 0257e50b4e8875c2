using BenchmarkDotNet.Attributes;
using MLOpsGovernance.Policy;
using RulesEngine.Models;

namespace MLOpsGovernance.Benchmarks.Policies;

/// <summary>
/// Three rules in both engines, each with the facts in its own form: theirs has the objects, ours has bound them. Target: ten times as fast. What it costs to begin with the JSON of the facts stands beside.
/// </summary>
[MemoryDiagnoser]
public class AgainstRulesEngine
{
    private readonly PolicySet _set = Release.Set(
    [
        "model.risk != 'prohibited' && model.tier <= 2",
        "approvals.exists(a, a.outcome == 'approved' && a.artifactDigest == version.artifactDigest && !(a.actor in model.authors))",
        "datasets.size() > 0 && datasets.all(d, d.complete)",
    ]);

    private readonly RulesEngine.RulesEngine _peer = new(
    [
        new Workflow
        {
            WorkflowName = "release",
            Rules =
            [
                new Rule { RuleName = "R-0", Expression = "input1.Model.Risk != \"prohibited\" && input1.Model.Tier <= 2" },
                new Rule { RuleName = "R-1", Expression = "input1.Approvals.Any(a => a.Outcome == \"approved\" && a.ArtifactDigest == input1.Version.ArtifactDigest && !input1.Model.Authors.Contains(a.Actor))" },
                new Rule { RuleName = "R-2", Expression = "input1.Datasets.Count > 0 && input1.Datasets.All(d => d.Complete)" },
            ],
        },
    ]);

    private PolicyQuery _bound = null!;

    [GlobalSetup]
    public void Bind() => _bound = Release.Query with { Bound = _set.Bind(Release.Json) };

    [Benchmark(Baseline = true)]
    public bool Ours() => Hold(_set.Evaluate(_bound).Outcome == PolicyOutcome.Allow);

    [Benchmark]
    public bool OursFromJson() => Hold(_set.Evaluate(Release.Query).Outcome == PolicyOutcome.Allow);

    [Benchmark]
    public async Task<bool> Peer() => Hold((await _peer.ExecuteAllRulesAsync("release", Release.Sample)).TrueForAll(static r => r.IsSuccess));

    private static bool Hold(bool all) => all ? all : throw new InvalidOperationException("Every rule should hold.");
}
