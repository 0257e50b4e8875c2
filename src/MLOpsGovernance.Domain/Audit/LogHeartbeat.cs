namespace MLOpsGovernance.Domain.Audit;

/// <summary>Nothing happened for an hour. That is an event like any other, so that a signed checkpoint shows it: the same tree signed again would look the same, and say nothing about when.</summary>
public sealed record LogHeartbeat(string By, DateTimeOffset At);
