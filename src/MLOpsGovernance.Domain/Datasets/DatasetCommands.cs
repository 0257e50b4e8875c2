using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Lineage;

namespace MLOpsGovernance.Domain.Datasets;

[JsonDerivedType(typeof(RegisterDataset), "register-dataset")]
[JsonDerivedType(typeof(RegisterDatasetVersion), "register-dataset-version")]
[JsonDerivedType(typeof(ClassifyDataset), "classify-dataset")]
[JsonDerivedType(typeof(ConfirmDatasetClass), "confirm-dataset-class")]
[JsonDerivedType(typeof(ReportDatasetQuality), "report-dataset-quality")]
[JsonDerivedType(typeof(NoteAssertions), "note-assertions")]
[JsonDerivedType(typeof(ReviewDataset), "review-dataset")]
[JsonDerivedType(typeof(NameInLineage), "name-in-lineage")]
[JsonDerivedType(typeof(WithdrawDataset), "withdraw-dataset")]
[JsonDerivedType(typeof(RestoreDataset), "restore-dataset")]
public abstract record DatasetCommand;

/// <param name="TeamExists">Looked up by the caller under a guard on the team's stream.</param>
public sealed record RegisterDataset(string Name, string Team, bool TeamExists, Sealed? Description) : DatasetCommand;

/// <param name="UnknownSources">Those sources that no dataset of ours has; looked up by the caller.</param>
public sealed record RegisterDatasetVersion(
    string Version, string Digest, IReadOnlyList<SchemaField>? Schema, long? Rows, IReadOnlyList<DatasetReference> Sources,
    IReadOnlyList<DatasetReference> UnknownSources) : DatasetCommand;

/// <param name="CallerInTeam">Whether the caller, or the owner of the credential, is a member of the owning team.</param>
public sealed record ClassifyDataset(DataClass Class, bool CallerInTeam) : DatasetCommand;

/// <summary>Agrees to the class as it was proposed.</summary>
/// <param name="Reason">Null keeps the one it was proposed with.</param>
/// <param name="CallerInTeam">Whether the caller, or the owner of the credential, is a member of the owning team.</param>
public sealed record ConfirmDatasetClass(Sealed? Reason, bool CallerInTeam) : DatasetCommand;

public sealed record ReportDatasetQuality(string Version, IReadOnlyList<QualityMeasure> Measures) : DatasetCommand;

public sealed record NoteAssertions(string Version, AssertionResults Results) : DatasetCommand;

/// <param name="NextDue">Until when it has to be looked at again.</param>
public sealed record ReviewDataset(Sealed? Note, DateTimeOffset NextDue) : DatasetCommand;

/// <param name="Names">All the names that it has from now on.</param>
public sealed record NameInLineage(IReadOnlyList<EntityName> Names) : DatasetCommand;

/// <param name="Version">Null is the whole dataset.</param>
public sealed record WithdrawDataset(Sealed? Reason, string? Version = null) : DatasetCommand;

/// <param name="Version">Null is the whole dataset.</param>
public sealed record RestoreDataset(Sealed? Reason, string? Version = null) : DatasetCommand;
