using Marten;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Server.PolicyChecks;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>Compares what a decision rested on with what is true now, and names the event that came between.</summary>
internal sealed class OvertakingFinder(IDocumentStore store)
{
    public async Task<Overtaking?> FindAsync(PolicyChecked decision, GateFacts then, Collected now, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // What was never allowed cannot be overtaken; the refusal for that says more.
        if (!decision.Allowed || now.Read.All(r => decision.Read.Contains(r)) && !Expired(then, at)) return null;
        if (Changes(then, now.Facts, decision, now, at).FirstOrDefault() is not { } change) return null;
        return new(change.Code, change.Why, await NameAsync(decision, change.Stream, change.Types, cancellationToken));
    }

    private static bool Expired(GateFacts facts, DateTimeOffset at) => facts.Approvals.Any(a => a.State == ApprovalStanding.Live && a.ValidUntil <= at);

    private static IEnumerable<Change> Changes(GateFacts then, GateFacts now, PolicyChecked decision, Collected collected, DateTimeOffset at)
    {
        var model = $"model:{decision.Model}";
        if (VersionOf(collected.Read, "policy-set") != VersionOf(decision.Read, "policy-set"))
            yield return new("policy-set-changed", "another policy set was adopted", "policy-set", ["policy_set_adopted"]);
        if (now.Environment != then.Environment)
            yield return new("environment-changed", $"environment {then.Environment.Name} was changed", $"environment:{then.Environment.Name}", ["environment_changed", "environment_gated", "environment_ungated"]);

        if (now.Model.Retired || now.Version.Retired) yield return new("retired", "the model or version was retired", model, ["model_retired"]);
        if (now.Version.Recalled && !then.Version.Recalled) yield return new("version-recalled", "the version was recalled", model, ["model_version_recalled"]);
        if ((now.Model.Suspended && !then.Model.Suspended) || (now.Version.Suspended && !then.Version.Suspended))
            yield return new("suspended", "the model or version was suspended", model, ["model_suspended"]);
        if ((now.Model.EuAiAct, now.Model.Tier, now.Model.RiskState) != (then.Model.EuAiAct, then.Model.Tier, then.Model.RiskState))
            yield return new("risk-changed", $"the risk is {now.Model.EuAiAct}, tier {now.Model.Tier} ({now.Model.RiskState}) now", model, ["model_risk_confirmed", "model_risk_proposed"]);
        if ((now.Version.ArtifactDigest, now.Version.ImageDigest) != (then.Version.ArtifactDigest, then.Version.ImageDigest))
            yield return new("artifact-changed", "the artifact or image was replaced", model, ["model_artifact_replaced"]);
        if (!now.Version.Authors.SequenceEqual(then.Version.Authors, StringComparer.Ordinal))
            yield return new("authors-changed", "an author was added", model, ["model_author_added"]);

        foreach (var approval in then.Approvals.Where(a => a.State == ApprovalStanding.Live))
        {
            if (now.Approvals.FirstOrDefault(a => a.Id == approval.Id) is not { State: ApprovalStanding.Live } current)
            {
                var lost = now.Approvals.FirstOrDefault(a => a.Id == approval.Id);
                yield return new($"approval-{lost?.State ?? "lost"}", $"the approval of {approval.Actor} ({approval.Role}) is {lost?.State ?? "gone"}", model,
                    ["approval_revoked", "version_rejected", "model_purpose_changed", "model_author_added", "review_requested", "approval_superseded"]);
            }
            else if (current.ValidUntil <= at)
            {
                yield return new("approval-expired", $"the approval of {approval.Actor} ({approval.Role}) has expired", model, ["version_approved"]);
            }
        }

        foreach (var dataset in now.Datasets)
        {
            var before = then.Datasets.FirstOrDefault(d => d.Name == dataset.Name && d.Version == dataset.Version);
            if (before is null || before.Revision == dataset.Revision && before.ClassState == dataset.ClassState && before.Withdrawn == dataset.Withdrawn) continue;
            yield return new(
                dataset.Withdrawn ? "dataset-withdrawn" : "dataset-changed", $"training dataset {dataset.Name} was {(dataset.Withdrawn ? "withdrawn" : "classified anew or restored")}",
                $"dataset:{dataset.Name}", dataset.Withdrawn ? ["dataset_withdrawn"] : ["dataset_classified", "dataset_class_proposed", "dataset_restored", "dataset_withdrawn"]);
        }

        var opened = now.Findings.Where(f => then.Findings.All(b => b.Id != f.Id)).ToList();
        if (opened.Count > 0) yield return new("finding-opened", $"finding {opened[0].Id} ({opened[0].Severity}) was opened", model, ["finding_opened"]);
    }

    private static long VersionOf(IReadOnlyList<StreamRead> read, string stream) => read.FirstOrDefault(r => r.Stream == stream)?.Version ?? 0;

    /// <summary>The first event of one of these types that came after what the decision read; the newest one of them where none did, as with an expiry.</summary>
    private async Task<OvertakingEvent?> NameAsync(PolicyChecked decision, string stream, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var read = VersionOf(decision.Read, stream);
        var events = (await session.Events.FetchStreamAsync(stream, token: cancellationToken)).Where(e => types.Contains(e.EventTypeName, StringComparer.Ordinal)).ToList();
        return (events.Find(e => e.Version > read) ?? events.LastOrDefault()) is { } e
            ? new(stream, e.Version, e.EventTypeName, e.Id.ToString(), e.Timestamp)
            : null;
    }

    private sealed record Change(string Code, string Why, string Stream, IReadOnlyList<string> Types);
}
