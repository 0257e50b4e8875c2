namespace MLOpsGovernance.Domain.Recertification;

/// <summary>The owning team looked at a model again: its purpose, its owner and its class are right, or it is no longer in use.</summary>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record ModelRecertified(bool StillInUse, Sealed? Reason, string By, string? Owner, DateTimeOffset At);

/// <summary>An administrator looked at a granted role again, and it stays.</summary>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record RoleRecertified(string Subject, string Role, Sealed? Reason, string By, string? Owner, DateTimeOffset At);
