using BenchmarkDotNet.Attributes;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Simulations;

namespace MLOpsGovernance.Benchmarks.Simulations;

/// <summary>A simulation on one core: decisions on facts that all differ, half of them denied, judged again by everything that is shipped.</summary>
[MemoryDiagnoser]
public class JudgingDecisionsAgain
{
    private const int Decisions = 1_000;

    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private RecordedDecision[] _decisions = [];
    private Simulator _simulator = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var set = PolicySet.Load(PolicySet.ReadFolder(Path.Combine(AppContext.BaseDirectory, "policies"))).Set ?? throw new InvalidOperationException("The shipped policies cannot be read.");
        _simulator = new(set, digest => digest == set.Digest ? set : null);
        _decisions = [.. Enumerable.Range(0, Decisions).Select(i => Decision(i, set))];
    }

    /// <summary>With the facts as they lie in the store: reading them is part of it.</summary>
    [Benchmark(OperationsPerInvoke = Decisions)]
    public int Judge()
    {
        var flips = 0;
        foreach (var decision in _decisions)
        {
            var read = decision with { Kept = new(decision.Kept.Frozen) };
            if (_simulator.Judge(read) is not null) flips++;
        }

        return flips;
    }

    private static RecordedDecision Decision(int number, PolicySet set)
    {
        var facts = Facts(number);
        var frozen = Gate.Freeze(facts);
        var verdict = Gate.Judge(set, facts, frozen, At);
        return new($"{number}", "credit", 1, "production", "deploy", Json.EnumWord(verdict.Outcome), set.Digest, At,
            [.. verdict.Rules.Select(r => new RecordedRule(r.Policy, r.Rule, Json.EnumWord(r.Result), Json.EnumWord(r.Level)))], new(frozen));
    }

    private static GateFacts Facts(int number)
    {
        var digest = $"sha256:{number:x64}";
        var born = new FactSources("deploy", digest, 1, "production", new(), new(), new Dictionary<string, Server.Storage.Snapshot<Domain.Datasets.Dataset>>(StringComparer.Ordinal), RevalidationTerms.Default, RecertificationTerms.Default).Facts();
        return born with
        {
            Environment = born.Environment with { Gated = true, Target = "kubernetes" },
            Model = born.Model with { Id = "credit", Team = "lending", RiskState = "confirmed", EuAiAct = "high", Tier = 1, RiskConfirmedBy = "rita" },
            Version = born.Version with { Number = 1, ArtifactDigest = digest, Authors = ["ann", "bob"], HumanAuthors = ["ann", "bob"], Requesters = ["ann"], Review = "open" },
            Approvals = [.. new[] { "model-validator", "ai-risk-officer" }.Take(1 + (number % 2)).Select(role => new ApprovalFact($"{role}-{number}", role, role, At, At.AddDays(90), digest, "live", [], ""))],
            Datasets = [.. Enumerable.Range(0, 5).Select(i => new DatasetFact($"data-{i}", "1", true, "confirmed", "internal", false, [], false, 1, Permissions: [], InheritedFrom: [], WithdrawnSources: []))],
            Evidence = [.. Enumerable.Range(0, 5).Select(i => new EvidenceFact($"kind-{i}", digest, At, null, "ann"))],
        };
    }
}
