namespace MLOpsGovernance.Domain.Datasets;

public sealed record DatasetRegistered(string Name, string Team, Sealed? Description, string By, DateTimeOffset At);

public sealed record DatasetVersionRegistered(
    string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources, string By, DateTimeOffset At);

/// <summary>The owning team says what the class is; the gate judges by the highest until somebody outside the team confirms.</summary>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record DatasetClassProposed(DataClass Class, string By, DateTimeOffset At, string? Owner = null);

/// <summary>The class was confirmed by a confirming role outside the owning team.</summary>
/// <param name="From">The class that was confirmed before, without its words; null for the first.</param>
/// <param name="Lowered">Which parts allow more than before; null where none does.</param>
/// <param name="FromRevision">The revision of the class that approvals rested on until now.</param>
public sealed record DatasetClassified(DataClass Class, string By, DateTimeOffset At, DataClass? From = null, IReadOnlyList<string>? Lowered = null, int? FromRevision = null);

public sealed record DatasetQualityReported(string Version, IReadOnlyList<QualityMeasure> Measures, string By, DateTimeOffset At);

/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record DatasetWithdrawn(Sealed? Reason, string By, DateTimeOffset At, string? Owner = null);

public sealed record DatasetRestored(Sealed? Reason, string By, DateTimeOffset At);
