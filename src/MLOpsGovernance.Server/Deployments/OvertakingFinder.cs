using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>
/// Compares what a decision rested on with what is true now, and names the event that came between. What is material overtakes a decision even where the gate would still let
/// it through; whatever else may have changed does so where it would not.
/// </summary>
internal sealed class OvertakingFinder(OvertakingHistory history, AnotherJudgement another)
{
    public async Task<Overtaking?> FindAsync(PolicyChecked decision, KeptFacts then, Collected now, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // What was never allowed, or no longer is by its own word, cannot be overtaken; the refusal for that says more.
        if (!decision.Allowed || at >= decision.ValidUntil) return null;
        return Changes(then.Facts, now, decision, at).FirstOrDefault() is { } change
            ? new(change.Code, change.Why, await history.NameAsync(decision, change, now.Sources, cancellationToken))
            : await another.FindAsync(decision, then, now, at, cancellationToken);
    }

    /// <summary>The approvals that stood when the decision was made; it did not rest on any other.</summary>
    private static IEnumerable<ApprovalFact> Counted(GateFacts then, PolicyChecked decision) =>
        then.Approvals.Where(a => a.State == ApprovalStanding.Live && decision.At < a.ValidUntil);

    /// <summary>The cause before its consequence: a withdrawn dataset comes before the approval that it superseded.</summary>
    private static IEnumerable<Change> Changes(GateFacts then, Collected collected, PolicyChecked decision, DateTimeOffset at)
    {
        var (now, model) = (collected.Facts, $"model:{decision.Model}");
        if (collected.PolicySet != decision.PolicySet) yield return new("policy-set-changed", "another policy set was adopted", PolicySetGrain.StreamName, _ => true);

        Change[] own =
        [
            new("environment-changed", $"environment {then.Environment.Name} was changed", $"environment:{decision.Environment}", f => f.Environment != then.Environment),
            new("retired", "the model or version was retired", model, f => (f.Model.Retired, f.Version.Retired) != (then.Model.Retired, then.Version.Retired)),
            new("version-recalled", "the version was recalled", model, f => f.Version.Recalled && !then.Version.Recalled),
            new("suspended", "the model or version was suspended", model, f => (f.Model.Suspended && !then.Model.Suspended) || (f.Version.Suspended && !then.Version.Suspended)),
            new("risk-changed", $"the risk is {now.Model.EuAiAct}, tier {now.Model.Tier} ({now.Model.RiskState}) now", model,
                f => (f.Model.EuAiAct, f.Model.Tier, f.Model.RiskState) != (then.Model.EuAiAct, then.Model.Tier, then.Model.RiskState)),
            new("artifact-changed", "the artifact or image was replaced", model, f => (f.Version.ArtifactDigest, f.Version.ImageDigest) != (then.Version.ArtifactDigest, then.Version.ImageDigest)),
            new("authors-changed", "an author was added", model, f => !f.Version.Authors.SequenceEqual(then.Version.Authors, StringComparer.Ordinal)),
            .. now.Datasets.Select(d => OfDataset(d, then)),
            .. (now.Sources ?? []).Select(s => OfSource(s, then)),
            .. Counted(then, decision).Select(a => OfApproval(a, now, model)),
            .. (then.Waivers ?? []).Where(w => decision.Rules.Any(r => r.Waiver?.Name == w.Id)).Select(w => new Change(
                "waiver-revoked", $"the waiver {w.Id} of {w.Rule} was revoked", $"waiver:{w.Id}", f => f.Waivers?.Any(now => now.Id == w.Id) is not true)),
        ];
        foreach (var change in own.Where(c => c.Happened(now))) yield return change;

        // Nothing happened but that its time ran out: what is named is the approval that said so.
        foreach (var approval in Counted(then, decision).Where(a => a.ValidUntil <= at))
        {
            yield return new("approval-expired", $"the approval of {approval.Actor} ({approval.Role}) has expired", model, f => f.Approvals.Any(a => a.Id == approval.Id), Earlier: true);
        }

        foreach (var finding in now.Findings.Where(f => then.Findings.All(b => b.Id != f.Id)))
            yield return new("finding-opened", $"finding {finding.Id} ({finding.Severity}) was opened", model, f => f.Findings.Any(b => b.Id == finding.Id));
    }

    private static Change OfDataset(DatasetFact now, GateFacts then)
    {
        var before = then.Datasets.FirstOrDefault(d => d.Name == now.Name && d.Version == now.Version);
        return now.Withdrawn && before?.Withdrawn == false
            ? new("dataset-withdrawn", $"training dataset {now.Name} was withdrawn", $"dataset:{now.Name}", f => Of(f).Withdrawn)
            : new("dataset-changed", $"training dataset {now.Name} was classified anew or restored", $"dataset:{now.Name}",
                f => before is not null && (Of(f).Revision, Of(f).ClassState, Of(f).Withdrawn) != (before.Revision, before.ClassState, before.Withdrawn));

        DatasetFact Of(GateFacts facts) => facts.Datasets.First(d => d.Name == now.Name && d.Version == now.Version);
    }

    private static Change OfSource(SourceFact now, GateFacts then)
    {
        var before = then.Sources?.FirstOrDefault(s => s.Name == now.Name);
        return now.Withdrawn && before?.Withdrawn == false
            ? new("source-withdrawn", $"{now.Name}, a source of the training data, was withdrawn", $"dataset:{now.Name}", f => Of(f)?.Withdrawn == true)
            : new("source-changed", $"{now.Name}, a source of the training data, was classified anew or restored", $"dataset:{now.Name}",
                f => before is not null && Of(f) is { } s && (s.Revision, s.ClassState, s.Withdrawn) != (before.Revision, before.ClassState, before.Withdrawn));

        SourceFact? Of(GateFacts facts) => facts.Sources?.FirstOrDefault(s => s.Name == now.Name);
    }

    private static Change OfApproval(ApprovalFact then, GateFacts now, string model)
    {
        var state = State(now);
        return new($"approval-{state}", $"the approval of {then.Actor} ({then.Role}) is {state}", model, f => state != ApprovalStanding.Live && State(f) == state);

        string State(GateFacts facts) => facts.Approvals.FirstOrDefault(a => a.Id == then.Id)?.State ?? "lost";
    }
}
