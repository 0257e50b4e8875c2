namespace MLOpsGovernance.Domain.Findings;

/// <summary>A finding was given to somebody, dated or planned. The event holds all three as they are after it.</summary>
/// <param name="Owner">Who has to see to it; null is nobody.</param>
public sealed record FindingChanged(string Id, string? Owner, DateTimeOffset Due, Sealed? Plan, string By, DateTimeOffset At);

/// <summary>A closed finding turned out not to be remedied.</summary>
/// <param name="CredentialOwner">The person who answers for the credential used.</param>
public sealed record FindingReopened(string Id, Sealed? Reason, DateTimeOffset Due, string By, string? CredentialOwner, DateTimeOffset At);
