using System.Text.Json.Serialization;

namespace MLOpsGovernance.Domain.Policies;

[JsonDerivedType(typeof(AdoptPolicySet), "adopt-policy-set")]
[JsonDerivedType(typeof(ProposePolicySet), "propose-policy-set")]
[JsonDerivedType(typeof(AdoptProposedSet), "adopt-proposed-set")]
[JsonDerivedType(typeof(RejectProposedSet), "reject-proposed-set")]
public abstract record PolicySetCommand;

/// <summary>The service adopts what came with it, or in Development what lies in the folder.</summary>
/// <param name="AtBirthOnly">Adopt only where nothing was ever adopted.</param>
public sealed record AdoptPolicySet(string Digest, IReadOnlyList<PolicyDocumentText> Documents, bool AtBirthOnly, IReadOnlyList<PolicyDocumentText>? Tests = null) : PolicySetCommand;

/// <param name="Base">The set that it was compared with.</param>
/// <param name="Changes">What differs from that, with the authors whom the caller named.</param>
public sealed record ProposePolicySet(
    string Id, string Digest, string? Base, string Origin, IReadOnlyList<PolicyDocumentText> Documents, IReadOnlyList<PolicyDocumentText> Tests,
    IReadOnlyList<PolicyDocumentChange> Changes, PolicySetDifference Difference, Sealed? Reason) : PolicySetCommand;

/// <summary>Adopts what was proposed, or puts forward what only a folder says. Whether its tests pass and every gate is covered is found out by the caller, under guards.</summary>
/// <param name="Obstacle">Why nobody may adopt it as things are; null where nothing is in the way.</param>
public sealed record AdoptProposedSet(string Id, Sealed? Reason, Refusal? Obstacle = null) : PolicySetCommand;

public sealed record RejectProposedSet(string Id, Sealed? Reason) : PolicySetCommand;
