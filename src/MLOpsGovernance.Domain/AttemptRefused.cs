namespace MLOpsGovernance.Domain;

/// <summary>Somebody tried something that the rules refuse. It changes no state; it stays in the history of what it was aimed at.</summary>
/// <param name="Action">The use case, in words of the API: <c>approve-version</c>, <c>record-deployment</c>…</param>
/// <param name="Code">The refusal's stable code.</param>
public sealed record AttemptRefused(string Action, string Code, string Why, string? Target, string By, DateTimeOffset At);
