using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Domain.Findings;

/// <summary>What is left out stays as it is.</summary>
/// <param name="OwnerKnown">Whether the owner is known as a person; looked up, never claimed.</param>
public sealed record ChangeFinding(string Id, string? Owner, bool OwnerKnown, DateTimeOffset? Due, Sealed? Plan) : ModelCommand;

/// <param name="Due">Null takes what the severity allows, from now on.</param>
public sealed record ReopenFinding(string Id, Sealed? Reason, DateTimeOffset? Due) : ModelCommand;
