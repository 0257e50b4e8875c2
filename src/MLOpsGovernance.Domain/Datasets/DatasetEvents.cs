namespace MLOpsGovernance.Domain.Datasets;

public sealed record DatasetRegistered(string Name, string Team, Sealed? Description, string By, DateTimeOffset At);

public sealed record DatasetVersionRegistered(
    string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources, string By, DateTimeOffset At);

/// <summary>The owning team says what the class is; the gate judges by the highest until somebody outside the team confirms.</summary>
public sealed record DatasetClassProposed(DataClass Class, string By, DateTimeOffset At);

/// <summary>The class was confirmed by a confirming role outside the owning team.</summary>
public sealed record DatasetClassified(DataClass Class, string By, DateTimeOffset At);

public sealed record DatasetQualityReported(string Version, IReadOnlyList<QualityMeasure> Measures, string By, DateTimeOffset At);

/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record DatasetWithdrawn(Sealed? Reason, string By, DateTimeOffset At, string? Owner = null);

public sealed record DatasetRestored(Sealed? Reason, string By, DateTimeOffset At);
