namespace MLOpsGovernance.Policy.Waivers;

/// <summary>Permission, for a while and by a second person, to go on although a rule is not met.</summary>
/// <param name="Digest">Identity of its content, recorded with every decision that used it.</param>
/// <param name="Policy">Name of the policy.</param>
/// <param name="PolicyVersions">Semantic version range, such as <c>&gt;=1.0.0 &lt;2.0.0</c>.</param>
/// <param name="RuleIds">Explicit rule ids; there are no wildcards.</param>
/// <param name="ApproverRoles">What the approver held when approving, so that replay needs no identity store.</param>
/// <param name="ApprovedAt">First instant at which it holds.</param>
/// <param name="ExpiresAt">First instant at which it no longer holds.</param>
public sealed record Waiver(
    string Name, string Digest, string Policy, string PolicyVersions, IReadOnlyList<string> RuleIds, WaiverScope Scope,
    string Reason, string Ticket, IReadOnlyList<string> CompensatingControls,
    string RequestedBy, string ApprovedBy, IReadOnlyList<string> ApproverRoles, DateTimeOffset ApprovedAt, DateTimeOffset ExpiresAt);

/// <summary>Every field that is set must match; an unset field matches everything.</summary>
/// <param name="Model">Compared with the fact <c>model.id</c>.</param>
/// <param name="Environments">Compared with the environment of the query.</param>
/// <param name="ArtifactDigests">Compared with the fact <c>release.artifactDigest</c>.</param>
/// <param name="Version">Compared with the fact <c>version.number</c>.</param>
public sealed record WaiverScope(string? Model, IReadOnlyList<string>? Environments, IReadOnlyList<string>? ArtifactDigests, long? Version = null);
