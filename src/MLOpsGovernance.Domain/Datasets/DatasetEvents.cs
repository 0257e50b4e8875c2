using MLOpsGovernance.Domain.Lineage;

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

/// <summary>Its team said by which names OpenLineage knows it.</summary>
/// <param name="Removed">Names that it had before and has no more.</param>
public sealed record DatasetLineageNamed(IReadOnlyList<EntityName> Names, IReadOnlyList<EntityName> Removed, string By, DateTimeOffset At);

/// <summary>A run checked what is expected of a version.</summary>
public sealed record DatasetAssertionsChecked(string Version, AssertionResults Results, string By, DateTimeOffset At);

/// <summary>Somebody looked at whether the dataset is still what it should be: its class, its purposes, how long it is kept.</summary>
/// <param name="NextDue">Until when it has to be looked at again.</param>
public sealed record DatasetReviewed(Sealed? Note, DateTimeOffset NextDue, string By, DateTimeOffset At);

public sealed record DatasetQualityReported(string Version, IReadOnlyList<QualityMeasure> Measures, string By, DateTimeOffset At);

/// <param name="Owner">The person who answers for the credential used.</param>
/// <param name="Version">The one version that may be used no more; null is the whole dataset.</param>
public sealed record DatasetWithdrawn(Sealed? Reason, string By, DateTimeOffset At, string? Owner = null, string? Version = null);

/// <param name="Version">As in <see cref="DatasetWithdrawn"/>.</param>
public sealed record DatasetRestored(Sealed? Reason, string By, DateTimeOffset At, string? Version = null);
