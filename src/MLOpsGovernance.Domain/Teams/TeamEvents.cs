namespace MLOpsGovernance.Domain.Teams;

/// <param name="ForOthers">Who formed it acted for no team of their own, and does not belong to it.</param>
public sealed record TeamFormed(string Name, string? DisplayName, string By, DateTimeOffset At, bool ForOthers = false);

public sealed record TeamRenamed(string? DisplayName, string By, DateTimeOffset At);

public sealed record MemberJoined(string Subject, IReadOnlyList<string> Functions, IReadOnlyList<string> Skills, string By, DateTimeOffset At);

public sealed record MemberChanged(string Subject, IReadOnlyList<string> Functions, IReadOnlyList<string> Skills, string By, DateTimeOffset At);

public sealed record MemberLeft(string Subject, string By, DateTimeOffset At);
