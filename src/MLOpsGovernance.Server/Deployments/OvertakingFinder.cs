using Marten;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>Compares what a decision rested on with what is true now, and names the event that came between.</summary>
internal sealed class OvertakingFinder(IDocumentStore store)
{
    public async Task<Overtaking?> FindAsync(PolicyChecked decision, GateFacts then, Collected now, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // What was never allowed cannot be overtaken; the refusal for that says more.
        if (!decision.Allowed || now.Read.All(r => decision.Read.Contains(r)) && !Counted(then, decision).Any(a => a.ValidUntil <= at)) return null;
        if (Changes(then, now.Facts, decision, now, at).FirstOrDefault() is not { } change) return null;
        return new(change.Code, change.Why, await NameAsync(decision, change, cancellationToken));
    }

    /// <summary>The approvals that stood when the decision was made; it did not rest on any other.</summary>
    private static IEnumerable<ApprovalFact> Counted(GateFacts then, PolicyChecked decision) =>
        then.Approvals.Where(a => a.State == ApprovalStanding.Live && decision.At < a.ValidUntil);

    /// <summary>The cause before its consequence: a withdrawn dataset comes before the approval that it superseded.</summary>
    private static IEnumerable<Change> Changes(GateFacts then, GateFacts now, PolicyChecked decision, Collected collected, DateTimeOffset at)
    {
        var model = $"model:{decision.Model}";
        if (VersionOf(collected.Read, "policy-set") != VersionOf(decision.Read, "policy-set"))
            yield return new("policy-set-changed", "another policy set was adopted", "policy-set", ["policy_set_adopted"]);
        if (now.Environment != then.Environment)
            yield return new("environment-changed", $"environment {then.Environment.Name} was changed", $"environment:{then.Environment.Name}", ["environment_changed", "environment_gated", "environment_ungated"]);

        if ((now.Model.Retired, now.Version.Retired) != (then.Model.Retired, then.Version.Retired))
            yield return new("retired", "the model or version was retired", model, ["model_retired"]);
        if (now.Version.Recalled && !then.Version.Recalled) yield return new("version-recalled", "the version was recalled", model, ["model_version_recalled"]);
        if ((now.Model.Suspended && !then.Model.Suspended) || (now.Version.Suspended && !then.Version.Suspended))
            yield return new("suspended", "the model or version was suspended", model, ["model_suspended"]);
        if ((now.Model.EuAiAct, now.Model.Tier, now.Model.RiskState) != (then.Model.EuAiAct, then.Model.Tier, then.Model.RiskState))
            yield return new("risk-changed", $"the risk is {now.Model.EuAiAct}, tier {now.Model.Tier} ({now.Model.RiskState}) now", model, ["model_risk_confirmed", "model_risk_proposed"]);
        if ((now.Version.ArtifactDigest, now.Version.ImageDigest) != (then.Version.ArtifactDigest, then.Version.ImageDigest))
            yield return new("artifact-changed", "the artifact or image was replaced", model, ["model_artifact_replaced"]);
        if (!now.Version.Authors.SequenceEqual(then.Version.Authors, StringComparer.Ordinal))
            yield return new("authors-changed", "an author was added", model, ["model_author_added"]);

        foreach (var dataset in now.Datasets)
        {
            var before = then.Datasets.FirstOrDefault(d => d.Name == dataset.Name && d.Version == dataset.Version);
            if (before is null || before.Revision == dataset.Revision && before.ClassState == dataset.ClassState && before.Withdrawn == dataset.Withdrawn) continue;
            yield return new(
                dataset.Withdrawn ? "dataset-withdrawn" : "dataset-changed", $"training dataset {dataset.Name} was {(dataset.Withdrawn ? "withdrawn" : "classified anew or restored")}",
                $"dataset:{dataset.Name}", dataset.Withdrawn ? ["dataset_withdrawn"] : ["dataset_classified", "dataset_class_proposed", "dataset_restored", "dataset_withdrawn"]);
        }

        foreach (var approval in Counted(then, decision))
        {
            if (now.Approvals.FirstOrDefault(a => a.Id == approval.Id) is not { State: ApprovalStanding.Live } current)
            {
                var lost = now.Approvals.FirstOrDefault(a => a.Id == approval.Id);
                yield return new($"approval-{lost?.State ?? "lost"}", $"the approval of {approval.Actor} ({approval.Role}) is {lost?.State ?? "gone"}", model,
                    lost?.State == ApprovalStanding.Revoked ? ["approval_revoked"] : ["version_rejected", "model_purpose_changed", "review_requested", "approval_superseded"],
                    e => e is not ApprovalRevoked revoked || revoked.Approval == approval.Id);
            }
            else if (current.ValidUntil <= at)
            {
                // Nothing happened but that its time ran out: what is named is the approval that said so.
                yield return new("approval-expired", $"the approval of {approval.Actor} ({approval.Role}) has expired", model, ["version_approved"],
                    e => e is VersionApproved approved && approved.Approval == approval.Id, Earlier: true);
            }
        }

        var opened = now.Findings.Where(f => then.Findings.All(b => b.Id != f.Id)).ToList();
        if (opened.Count > 0)
            yield return new("finding-opened", $"finding {opened[0].Id} ({opened[0].Severity}) was opened", model, ["finding_opened"], e => e is FindingOpened found && found.Id == opened[0].Id);
    }

    private static long VersionOf(IReadOnlyList<StreamRead> read, string stream) => read.FirstOrDefault(r => r.Stream == stream)?.Version ?? 0;

    /// <summary>The first event that fits and came after what the decision read; for what needs no later event, such as an expiry, the one that set it.</summary>
    private async Task<OvertakingEvent?> NameAsync(PolicyChecked decision, Change change, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var read = change.Earlier ? 0 : VersionOf(decision.Read, change.Stream);
        return (await session.Events.FetchStreamAsync(change.Stream, fromVersion: read + 1, token: cancellationToken))
            .FirstOrDefault(e => change.Types.Contains(e.EventTypeName, StringComparer.Ordinal) && change.Which?.Invoke(e.Data) != false) is { } e
                ? new(change.Stream, e.Version, e.EventTypeName, e.Id.ToString(), e.Timestamp)
                : null;
    }

    /// <param name="Which">Which of the events of these types it is; null means any.</param>
    /// <param name="Earlier">The event may lie before the decision.</param>
    private sealed record Change(string Code, string Why, string Stream, IReadOnlyList<string> Types, Func<object, bool>? Which = null, bool Earlier = false);
}
