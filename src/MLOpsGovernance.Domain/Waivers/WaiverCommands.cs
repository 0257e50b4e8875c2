using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Waivers;

/// <summary>What somebody wants of a waiver. What other streams say comes along, looked up by the caller under guards on those streams.</summary>
[JsonDerivedType(typeof(RequestWaiver), "request-waiver")]
[JsonDerivedType(typeof(ApproveWaiver), "approve-waiver")]
[JsonDerivedType(typeof(RejectWaiver), "reject-waiver")]
[JsonDerivedType(typeof(WithdrawWaiver), "withdraw-waiver")]
[JsonDerivedType(typeof(RevokeWaiver), "revoke-waiver")]
public abstract record WaiverCommand;

/// <param name="Noted">As the model took note of it: that is where it was decided whether it may be asked for.</param>
/// <param name="Authors">Who had a hand in what it is for.</param>
public sealed record RequestWaiver(
    NotedWaiver Noted, string Model, string Team, WaivableRule Rule, Sealed? Reason, Sealed? CompensatingControl, string? Ticket, IReadOnlyList<string> Authors) : WaiverCommand;

/// <param name="Rule">What is in force says about the rule now; null where it has no such rule any more.</param>
/// <param name="Obstacle">Why no waiver is given for that model or version now; null where nothing stands in the way.</param>
/// <param name="Authors">Who had a hand in what it is for, as of now.</param>
public sealed record ApproveWaiver(Sealed? Reason, WaivableRule? Rule, Refusal? Obstacle, IReadOnlyList<string> Authors) : WaiverCommand;

public sealed record RejectWaiver(Sealed? Reason) : WaiverCommand;

public sealed record WithdrawWaiver(Sealed? Reason) : WaiverCommand;

public sealed record RevokeWaiver(Sealed? Reason) : WaiverCommand;

/// <summary>Asks the model to keep a waiver in mind.</summary>
/// <param name="RuleId">The rule as it was named.</param>
/// <param name="Rule">What is in force says about it; null where there is no such rule.</param>
/// <param name="ArtifactDigest">The artifact or image of a version, in place of the version's number or beside it.</param>
/// <param name="HasControl">Whether a compensating control is named.</param>
/// <param name="Ended">Those of the model's waivers that are over for good.</param>
public sealed record NoteWaiver(
    string Id, string RuleId, WaivableRule? Rule, string Environment, bool EnvironmentExists, int? Version, string? ArtifactDigest, DateTimeOffset ExpiresAt, bool HasControl,
    IReadOnlyList<string> Ended) : ModelCommand;
