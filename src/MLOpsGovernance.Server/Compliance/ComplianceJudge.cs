using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Compliance;

/// <summary>A rule that does not hold for something that runs, and what is missing before it does.</summary>
/// <param name="Resolvable"><c>by-approval</c> where people's word is all that is missing, else <c>by-change</c>.</param>
/// <param name="Finding">The open finding about it; null where it only warns and was known when the deployment was let in.</param>
internal sealed record ComplianceFailure(
    string Policy, string Rule, string Result, string Level, string Message, IReadOnlyList<MissingStep> Missing, string? Resolvable, string? Finding)
{
    public FailingRule AsRule() => new(Policy, Rule, Level != "mandatory", false);
}

/// <summary>What the gate would say now of something that runs.</summary>
/// <param name="Compliant">Whether it would let it in: rules that only warn stand in nobody's way.</param>
/// <param name="TakedownAskedAt">Since when somebody is to take it down, because a policy says so.</param>
/// <param name="Waived">Rules that do not hold and are waived: <c>policy/rule</c>.</param>
internal sealed record DeploymentCompliance(
    string Deployment, string Model, int Version, string Environment, string Stage, string Outcome, bool Compliant, IReadOnlyList<ComplianceFailure> Failures, IReadOnlyList<string> Waived,
    DateTimeOffset? TakedownAskedAt = null);

/// <summary>Judges what runs of a model by the policies in force, as the gate does, but for what judging itself did: findings that it opened and versions that it suspended are no reason of their own.</summary>
internal sealed class ComplianceJudge(Grains grains, FactCollector collector, MissingSteps steps)
{
    public const string NotCovered = "no-policy-matched";

    /// <summary>With the model as it was then, and the version of its stream.</summary>
    public async Task<(Snapshot<Model> Model, IReadOnlyList<DeploymentCompliance> Judged)> OfAsync(string name, PolicySet set, DateTimeOffset now)
    {
        var read = await grains.Of<IModelGrain>(name).Read();
        List<DeploymentCompliance> judged = [];
        foreach (var deployment in read.State.Live.Values.Order().Select(place => read.State.Deployments[place]))
            judged.Add(await OfAsync(name, read.State, deployment, set, now));
        return (read, judged);
    }

    private static GateFacts WithoutConsequences(Model model, GateFacts facts)
    {
        var own = model.Findings.Where(f => f.IsOpen && ComplianceFindings.IsCause(f.Cause)).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var rest = facts with { Findings = [.. facts.Findings.Where(f => !own.Contains(f.Id))] };
        if (model.Versions[facts.Version.Number].Suspended?.By != ComplianceFindings.Service) return rest;
        return rest with { Version = facts.Version with { Suspended = false }, Live = facts.Live is { State: LiveFact.Suspended } live && live.Version == facts.Version.Number && model.Suspended is null ? live with { State = LiveFact.Usable } : facts.Live };
    }

    private async Task<DeploymentCompliance> OfAsync(string name, Model model, Deployment deployment, PolicySet set, DateTimeOffset now)
    {
        var collected = await collector.CollectAsync(name, deployment.Version, deployment.Environment, "deploy", deployment.ArtifactDigest, deployment.Stage);
        var facts = WithoutConsequences(model, collected.Facts);
        var frozen = Gate.Freeze(facts);
        var verdict = Gate.Judge(set, facts, frozen, now);
        var failed = verdict.Rules.Where(r => r.Level != EnforcementLevel.Audit && r.Result is RuleOutcome.Fail or RuleOutcome.Error).ToList();
        var ways = failed.Count == 0 ? null : steps.Of(set, facts, Digest.Sha256(frozen), [.. failed.Select(r => r.Rule)], now);
        List<ComplianceFailure> failures =
        [
            .. failed.Select(r => new ComplianceFailure(
                r.Policy, r.Rule, Json.EnumWord(r.Result), Json.EnumWord(r.Level), r.Message, ways!.GetValueOrDefault(r.Rule)?.Missing ?? [], ways!.GetValueOrDefault(r.Rule)?.Resolvable, null)),
        ];
        if (!Gate.LetsThrough(verdict) && !verdict.Matched)
            failures.Add(new("", NotCovered, "fail", "mandatory", $"No policy covers what runs in {deployment.Environment}, whose gate lets nothing in uncovered.", [], MissingStep.ByChange, null));
        return new(
            deployment.Id, name, deployment.Version, deployment.Environment, deployment.Stage, Json.EnumWord(verdict.Outcome), Gate.LetsThrough(verdict), failures,
            [.. verdict.Rules.Where(r => r.Waiver is not null).Select(r => $"{r.Policy}/{r.Rule}")]);
    }
}
