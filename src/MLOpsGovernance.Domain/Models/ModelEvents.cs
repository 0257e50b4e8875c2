using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;

namespace MLOpsGovernance.Domain.Models;

/// <param name="Origin">Null is <see cref="ModelOrigin.Internal"/>.</param>
public sealed record ModelRegistered(string Name, string Team, Sealed? Purpose, IReadOnlyList<string> Purposes, string By, DateTimeOffset At, string? Origin = null, bool Generative = false);

public sealed record ModelPurposeChanged(Sealed? Purpose, IReadOnlyList<string> Purposes, string By, DateTimeOffset At);

/// <summary>The owning team says what the class is; rules judge by the highest until somebody outside the team confirms.</summary>
/// <param name="Owner">The person who answers for the credential used.</param>
public sealed record ModelRiskProposed(RiskClass Risk, string By, DateTimeOffset At, string? Owner = null);

/// <summary>The class was confirmed from outside the owning team.</summary>
/// <param name="From">The class that was confirmed before, without its reason; null for the first.</param>
/// <param name="Lowered">Which parts are lower than before; null where none is.</param>
/// <param name="Approvals">Ids of the approvals that fell with it; null where none did.</param>
public sealed record ModelRiskConfirmed(
    RiskClass Risk, string By, DateTimeOffset At, RiskClass? From = null, IReadOnlyList<string>? Lowered = null, IReadOnlyList<string>? Approvals = null);

public sealed record ModelCardWritten(Sealed? Card, string By, DateTimeOffset At);

/// <param name="Authors">The declared authors, who registered it and the owner of the credential used: all of them count.</param>
/// <param name="Descriptor">What stands for the artifact where there is no file.</param>
/// <param name="Training">What is known of the run; null where only its id is, or not even that.</param>
public sealed record ModelVersionRegistered(
    int Version, string ArtifactDigest, string? ImageDigest, string? Framework, string? EnvironmentDigest, string? Commit, string? Run,
    IReadOnlyList<DatasetReference> Datasets, IReadOnlyList<Metric> Metrics, IReadOnlyList<string> Authors, IReadOnlyList<string> HumanAuthors, string By, DateTimeOffset At,
    ModelDescriptor? Descriptor = null, TrainingRun? Training = null);

/// <summary>Somebody turned out to have had a hand in it, or an author turned out to be a person.</summary>
/// <param name="IsPerson">False for a credential's own subject.</param>
public sealed record ModelAuthorAdded(int Version, string Author, string By, DateTimeOffset At, bool IsPerson = true);

/// <summary>The artifact or its image was built again under the same number.</summary>
public sealed record ModelArtifactReplaced(int Version, string ArtifactDigest, string? ImageDigest, string By, DateTimeOffset At);

public sealed record ModelAliasSet(string Alias, int Version, string By, DateTimeOffset At);

public sealed record ModelAliasRemoved(string Alias, string By, DateTimeOffset At);

/// <param name="Version">Null suspends the whole model.</param>
public sealed record ModelSuspended(int? Version, Sealed? Reason, string By, DateTimeOffset At);

public sealed record ModelResumed(int? Version, Sealed? Reason, string By, DateTimeOffset At);

/// <summary>A version was found unfit for good. There is no way back for it.</summary>
public sealed record ModelVersionRecalled(int Version, Sealed? Reason, string By, DateTimeOffset At);

/// <param name="Version">Null retires the whole model.</param>
/// <param name="Ended">The deployments that end with it.</param>
public sealed record ModelRetired(int? Version, Sealed? Reason, IReadOnlyList<string> Ended, string By, DateTimeOffset At);

/// <param name="Owner">Who has to remedy it; null is nobody.</param>
/// <param name="Due">Null in events from before findings had dates: then its severity says.</param>
/// <param name="CredentialOwner">The person who answers for the credential used.</param>
public sealed record FindingOpened(
    string Id, Sealed? Title, string Severity, int? Version, string Cause, string By, DateTimeOffset At,
    string? Owner = null, DateTimeOffset? Due = null, Sealed? Plan = null, string? CredentialOwner = null);

/// <param name="Evidence">Digests of what shows that it is remedied.</param>
public sealed record FindingClosed(string Id, Sealed? Reason, string By, DateTimeOffset At, IReadOnlyList<string>? Evidence = null);

/// <param name="Cause">Null is <c>reported</c>.</param>
public sealed record IncidentReported(string Id, Sealed? Title, string Severity, int? Version, string? Environment, string By, DateTimeOffset At, string? Cause = null);
