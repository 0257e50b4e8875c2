using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Evidence;

/// <summary>Evidence is of a known kind, was produced before it was attached, and is attached once.</summary>
internal static class EvidenceRules
{
    /// <summary>Two clocks that differ by this much are no reason to refuse.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    internal static Decision Attach(Model model, AttachEvidence attach, Actor actor, DateTimeOffset at) =>
        !model.Versions.TryGetValue(attach.Version, out var version) ? UnknownVersion(model, attach.Version)
        : attach.Kinds is { } kinds && !kinds.Contains(attach.Kind, StringComparer.Ordinal) ? Unprocessable("unknown-evidence-kind", $"{attach.Kind} is no kind of evidence; the kinds are {string.Join(", ", kinds)}.")
        : attach.ProducedAt > at + Grace ? Unprocessable("evidence-from-the-future", $"Evidence is attached after it was produced, and {attach.ProducedAt:yyyy-MM-dd'T'HH:mm:ss'Z'} has not come yet.")
        : attach.ValidUntil <= attach.ProducedAt ? Unprocessable("evidence-expires-before-production", "Evidence is valid until a time after it was produced.")
        : version.Evidence.Exists(e => e.Kind == attach.Kind && e.Digest == attach.Digest) ? Conflict("evidence-attached-already", $"Version {attach.Version} of {model.Name} has this {attach.Kind} already.")
        : Accept(new EvidenceAttached(attach.Version, attach.Id, attach.Kind, attach.Digest, attach.Uri, attach.ProducedAt, attach.ValidUntil, attach.Summary, actor.Subject, actor.Owner, at));
}
