using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Domain.Models;

/// <summary>What somebody wants of a model. Facts from other streams come along, looked up by the caller under guards on those streams.</summary>
[JsonDerivedType(typeof(RegisterModel), "register-model")]
[JsonDerivedType(typeof(ChangePurpose), "change-purpose")]
[JsonDerivedType(typeof(ClassifyModel), "classify-model")]
[JsonDerivedType(typeof(ConfirmRisk), "confirm-risk")]
[JsonDerivedType(typeof(WriteCard), "write-card")]
[JsonDerivedType(typeof(RegisterVersion), "register-version")]
[JsonDerivedType(typeof(AddAuthor), "add-author")]
[JsonDerivedType(typeof(ReplaceArtifact), "replace-artifact")]
[JsonDerivedType(typeof(SetAlias), "set-alias")]
[JsonDerivedType(typeof(RemoveAlias), "remove-alias")]
[JsonDerivedType(typeof(SuspendModel), "suspend-model")]
[JsonDerivedType(typeof(ResumeModel), "resume-model")]
[JsonDerivedType(typeof(RecallVersion), "recall-version")]
[JsonDerivedType(typeof(RetireModel), "retire-model")]
[JsonDerivedType(typeof(RecertifyModel), "recertify-model")]
[JsonDerivedType(typeof(OpenFinding), "open-finding")]
[JsonDerivedType(typeof(CloseFinding), "close-finding")]
[JsonDerivedType(typeof(ChangeFinding), "change-finding")]
[JsonDerivedType(typeof(ReopenFinding), "reopen-finding")]
[JsonDerivedType(typeof(ReportIncident), "report-incident")]
[JsonDerivedType(typeof(RequestReview), "request-review")]
[JsonDerivedType(typeof(ApproveVersion), "approve-version")]
[JsonDerivedType(typeof(RevokeApproval), "revoke-approval")]
[JsonDerivedType(typeof(NoteSuperseded), "note-superseded")]
[JsonDerivedType(typeof(AttachEvidence), "attach-evidence")]
[JsonDerivedType(typeof(ValidateVersion), "validate-version")]
[JsonDerivedType(typeof(ReportCondition), "report-condition")]
[JsonDerivedType(typeof(ConfirmCondition), "confirm-condition")]
[JsonDerivedType(typeof(RecordDeployment), "record-deployment")]
[JsonDerivedType(typeof(ConcludeDeployment), "conclude-deployment")]
[JsonDerivedType(typeof(NoteDiscrepancies), "note-discrepancies")]
[JsonDerivedType(typeof(NoteCompliance), "note-compliance")]
[JsonDerivedType(typeof(NoteRecall), "note-recall")]
[JsonDerivedType(typeof(NoteWaiver), "note-waiver")]
[JsonDerivedType(typeof(NoteMonitoring), "note-monitoring")]
[JsonDerivedType(typeof(AcknowledgeIncident), "acknowledge-incident")]
[JsonDerivedType(typeof(ResolveIncident), "resolve-incident")]
[JsonDerivedType(typeof(RequestBreakGlass), "request-break-glass")]
[JsonDerivedType(typeof(ApproveBreakGlass), "approve-break-glass")]
public abstract record ModelCommand;

public sealed record RegisterModel(string Name, string Team, bool TeamExists, Sealed? Purpose, IReadOnlyList<string> Purposes, string Origin = ModelOrigin.Internal, bool Generative = false) : ModelCommand;

/// <param name="TextChanged">False when the sealed text says the same as the one in force; compared by the caller under a guard on the model's stream.</param>
/// <param name="Purposes">Null leaves them as they are.</param>
public sealed record ChangePurpose(Sealed? Purpose, bool TextChanged, IReadOnlyList<string>? Purposes) : ModelCommand;

/// <param name="CallerInTeam">Whether the caller, or the owner of the credential, is a member of the owning team.</param>
/// <param name="ExecutiveKnown">Whether the accountable executive, where one is named, is known as a person; looked up, never claimed.</param>
public sealed record ClassifyModel(RiskClass Risk, bool CallerInTeam, bool ExecutiveKnown = true) : ModelCommand;

/// <summary>Agrees to the risk class as it was proposed.</summary>
/// <param name="Reason">Null keeps the one it was proposed with.</param>
/// <param name="CallerInTeam">Whether the caller, or the owner of the credential, is a member of the owning team.</param>
public sealed record ConfirmRisk(Sealed? Reason, bool CallerInTeam) : ModelCommand;

public sealed record WriteCard(Sealed? Card) : ModelCommand;

/// <param name="People">Those of the declared authors, the caller and the credential's owner who are people; looked up, never claimed.</param>
/// <param name="UnknownDatasets">Those datasets or versions that are not registered; looked up.</param>
/// <param name="Descriptor">Where it is given, <paramref name="ArtifactDigest"/> is its digest, computed by the caller.</param>
/// <param name="Training">What is known of <paramref name="Run"/>.</param>
public sealed record RegisterVersion(
    string ArtifactDigest, string? ImageDigest, string? Framework, string? EnvironmentDigest, string? Commit, string? Run,
    IReadOnlyList<DatasetReference> Datasets, IReadOnlyList<Metric> Metrics, IReadOnlyList<string> DeclaredAuthors, IReadOnlyList<string> People,
    IReadOnlyList<DatasetReference> UnknownDatasets, ModelDescriptor? Descriptor = null, TrainingRun? Training = null) : ModelCommand;

public sealed record AddAuthor(int Version, string Author, bool IsPerson) : ModelCommand;

public sealed record ReplaceArtifact(int Version, string? ArtifactDigest, string? ImageDigest) : ModelCommand;

public sealed record SetAlias(string Alias, int Version) : ModelCommand;

public sealed record RemoveAlias(string Alias) : ModelCommand;

public sealed record SuspendModel(int? Version, Sealed? Reason) : ModelCommand;

public sealed record ResumeModel(int? Version, Sealed? Reason) : ModelCommand;

public sealed record RecallVersion(int Version, Sealed? Reason) : ModelCommand;

public sealed record RetireModel(int? Version, Sealed? Reason) : ModelCommand;

/// <param name="Owner">Who has to remedy it; null is nobody.</param>
/// <param name="OwnerKnown">Whether the owner is known as a person; looked up, never claimed.</param>
/// <param name="Due">Null takes what the severity allows.</param>
public sealed record OpenFinding(
    string Id, Sealed? Title, string Severity, int? Version, string? Owner = null, bool OwnerKnown = true, DateTimeOffset? Due = null, Sealed? Plan = null) : ModelCommand;

/// <param name="Evidence">Digests of what shows that it is remedied.</param>
public sealed record CloseFinding(string Id, Sealed? Reason, IReadOnlyList<string>? Evidence = null) : ModelCommand;

public sealed record ReportIncident(string Id, Sealed? Title, string Severity, int? Version, string? Environment) : ModelCommand;

public sealed record RequestReview(int Version, Sealed? Note) : ModelCommand;

/// <param name="Id">The approval's id, made by the caller.</param>
/// <param name="Datasets">The training data as it stands now.</param>
/// <param name="ValidUntil">Null takes the longest that the risk allows.</param>
/// <param name="Validation">The validation that it refers to.</param>
/// <param name="Conditions">What is yet to be done; empty or null approves without conditions.</param>
/// <param name="People">Those of the conditions' owners who are people; looked up, never claimed.</param>
public sealed record ApproveVersion(
    int Version, string Id, bool Approved, string Role, Sealed? Reason, DateTimeOffset? ValidUntil, IReadOnlyList<MaterialDataset> Datasets,
    string? Validation = null, IReadOnlyList<ConditionDemand>? Conditions = null, IReadOnlyList<string>? People = null) : ModelCommand;

public sealed record RevokeApproval(int Version, string Id, Sealed? Reason) : ModelCommand;

/// <summary>Writes into the history that approvals no longer stand because of something outside the model's own stream.</summary>
public sealed record NoteSuperseded(int Version, IReadOnlyList<MaterialDataset> Datasets) : ModelCommand;

/// <param name="Checked">What the decision said.</param>
/// <param name="Overtaken">What changed since the decision; looked up by the caller under guards.</param>
/// <param name="FollowUp">The id and title of the finding that a rollback opens.</param>
public sealed record RecordDeployment(string Id, int Version, string Environment, CheckedDecision Checked, Overtaking? Overtaken, string FollowUpId, Sealed? FollowUp) : ModelCommand;

/// <param name="Evidence">Digests of what shows it.</param>
/// <param name="Ended">Whether a shadow or canary is over; null ends one that failed.</param>
public sealed record ConcludeDeployment(string Id, string Outcome, Sealed? Reason, IReadOnlyList<string> Evidence, bool? Ended) : ModelCommand;

/// <param name="EnvironmentExists">Looked up by the caller.</param>
public sealed record RequestBreakGlass(string Id, int Version, string Environment, bool EnvironmentExists, Sealed? Reason, int Minutes) : ModelCommand;

public sealed record ApproveBreakGlass(string Id, int Version, Sealed? Reason, string FindingId, Sealed? FindingTitle) : ModelCommand;

/// <summary>What an observation of an environment says about this model; what was said before and is left out has vanished.</summary>
/// <param name="Found">Every discrepancy of this model there, compared by the caller under guards.</param>
public sealed record NoteDiscrepancies(string Environment, DateTimeOffset ObservedAt, IReadOnlyList<FoundDiscrepancy> Found) : ModelCommand;
