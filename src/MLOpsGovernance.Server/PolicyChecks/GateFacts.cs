using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Monitoring;
using MLOpsGovernance.Server.Waivers;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>
/// What the gate judges by, collected by the service and never by the caller. Its JSON is typed by <c>policies/facts.yaml</c>, frozen once for each decision
/// in canonical form, and holds nothing that changes with the clock: the clock is an input of its own.
/// </summary>
internal sealed record GateFacts(
    ReleaseFact Release, EnvironmentFact Environment, ModelFact Model, VersionFact Version, IReadOnlyList<ApprovalFact> Approvals,
    IReadOnlyList<DatasetFact> Datasets, IReadOnlyList<FindingFact> Findings, RollbackFact Rollback, IReadOnlyList<BreakGlassFact> BreakGlass,
    IReadOnlyList<ValidationFact> Validations, IReadOnlyList<ConditionFact> Conditions, RevalidationFact Revalidation,
    IReadOnlyList<EvidenceFact> Evidence, IReadOnlyList<SourceFact>? Sources = null, LiveFact? Live = null, IReadOnlyList<IncidentFact>? Incidents = null,
    IReadOnlyList<RolloutFact>? Rollouts = null, IReadOnlyList<WaiverFact>? Waivers = null, MonitoringFact? Monitoring = null);

internal sealed record ReleaseFact(string Action, string Environment, string ArtifactDigest, string? Stage = null);

internal sealed record EnvironmentFact(string Name, bool Gated, string Target, string? Region);

/// <param name="RiskConfirmedBy">The person who confirmed the class; null while nothing is confirmed.</param>
/// <param name="RiskState"><c>none</c>, <c>proposed</c> or <c>confirmed</c>; <paramref name="EuAiAct"/>, <paramref name="Tier"/> and <paramref name="Materiality"/> are what is judged by.</param>
/// <param name="RecertificationDueAt">Until when its team has to confirm again what is on record; whether that has passed is asked with <c>now</c>.</param>
/// <param name="ProposedEuAiAct">What the pending proposal says, which is judged by only where it is stricter, and never as prohibited; null without one.</param>
/// <param name="OperatorRole">As confirmed, like <paramref name="Basis"/> and <paramref name="AccountableExecutive"/>.</param>
internal sealed record ModelFact(string Id, string Team, IReadOnlyList<string> Purposes, string RiskState, string EuAiAct, int Tier, bool Suspended, bool Retired,
    string Origin = ModelOrigin.Internal, bool Generative = false, string? OperatorRole = null, RiskBasis? Basis = null, MaterialityFact? Materiality = null, string? AccountableExecutive = null,
    string? RiskConfirmedBy = null, DateTimeOffset? RecertificationDueAt = null, bool HasCard = false, string? ProposedEuAiAct = null);

internal sealed record MaterialityFact(decimal Exposure, string Currency, DateTimeOffset Date, long PeopleAffected, string? BusinessService);

/// <param name="Pinned">False where a supplier may change what runs without the digest changing.</param>
internal sealed record VersionFact(
    int Number, string ArtifactDigest, string? ImageDigest, IReadOnlyList<string> Authors, IReadOnlyList<string> HumanAuthors, IReadOnlyList<string> Requesters,
    string Review, bool Suspended, bool Recalled, bool Retired, bool Pinned = true, string? Supplier = null,
    string? Contract = null, string? Commit = null, string? Run = null, string? EnvironmentDigest = null, bool HasMetrics = false,
    string? RunTrigger = null, string? RunEnvironment = null);

/// <param name="State"><c>live</c>, <c>revoked</c>, <c>superseded</c> or <c>conflicted</c>; whether it has expired is asked with <c>now</c>.</param>
/// <param name="Why">Why it no longer stands, in words; empty for a live one.</param>
internal sealed record ApprovalFact(
    string Id, string Actor, string Role, DateTimeOffset At, DateTimeOffset ValidUntil, string ArtifactDigest, string State, IReadOnlyList<string> Causes, string Why);

/// <param name="ClassState"><c>none</c>, <c>proposed</c> or <c>confirmed</c>, of its own class. What follows is what is judged by: its own class and those of all that it was made from, the narrowest of them.</param>
/// <param name="PermittedPurposes">Codes; <paramref name="Permissions"/> has their grounds.</param>
/// <param name="Revision">Counts the changes of its own class and its withdrawals.</param>
/// <param name="InheritedFrom">Names of the sources that are stricter than its own class in some part.</param>
/// <param name="NotPermitted">Of personal data: purposes of the model that it may not be used for. Purpose limits apply to personal data only.</param>
/// <param name="Grounds">The legal bases of those that it may be used for; with <paramref name="SpecialCategory"/> where one of them rests on a condition of Art. 9 GDPR.</param>
/// <param name="LowestQuality">The lowest of the measures that were reported of this version; null where none was.</param>
internal sealed record DatasetFact(
    string Name, string Version, bool Known, string ClassState, string Sensitivity, bool PersonalData, IReadOnlyList<string> PermittedPurposes, bool Withdrawn, int Revision,
    string? LegalBasis = null, IReadOnlyList<PermittedPurpose>? Permissions = null, bool Anonymised = false, int? RetentionDays = null, DateTimeOffset? RetainUntil = null,
    IReadOnlyList<string>? InheritedFrom = null, IReadOnlyList<string>? WithdrawnSources = null, bool HasSchema = false, double? LowestQuality = null,
    IReadOnlyList<string>? NotPermitted = null, IReadOnlyList<string>? Grounds = null, bool SpecialCategory = false,
    int? BreakingSchemaChanges = null, IReadOnlyList<string>? FailedAssertions = null, DateTimeOffset? AssertionsCheckedAt = null, DateTimeOffset? ReviewDueAt = null);

/// <summary>A dataset that training data was made from, in however many steps.</summary>
internal sealed record SourceFact(string Name, string ClassState, string Sensitivity, bool PersonalData, bool Withdrawn, int Revision);

/// <summary>An open finding about the version or the whole model.</summary>
internal sealed record FindingFact(string Id, string Severity, string? Owner, DateTimeOffset OpenedAt, DateTimeOffset DueAt);

/// <summary>A deployment of this version, in whatever environment and stage; the latest first.</summary>
/// <param name="Outcome"><c>succeeded</c> or <c>failed</c>; null while nobody said.</param>
internal sealed record RolloutFact(
    string Id, string Environment, string Stage, string Action, string ArtifactDigest, DateTimeOffset At, DateTimeOffset? EndedAt, string? Outcome, DateTimeOffset? OutcomeAt);

/// <param name="WasLive">Whether this version was fully live in this environment before.</param>
/// <param name="SameDigest">And with the digest that it would run with now.</param>
internal sealed record RollbackFact(bool WasLive, bool SameDigest);

/// <summary>A break-glass that two people agreed to for this version, environment and digest.</summary>
internal sealed record BreakGlassFact(string Id, string RequestedBy, string ApprovedBy, DateTimeOffset ApprovedAt, DateTimeOffset Until);

/// <summary>Live ones first, the latest before the earlier.</summary>
/// <param name="State"><c>live</c>, <c>superseded</c> or <c>conflicted</c>; whether it has expired is asked with <c>now</c>.</param>
internal sealed record ValidationFact(string Id, string Validator, string Conclusion, DateTimeOffset At, DateTimeOffset? ValidUntil, string ArtifactDigest, string State);

/// <summary>A condition that is not met, of an approval or a validation that was neither revoked nor superseded.</summary>
/// <param name="State"><c>open</c> or <c>reported</c>; whether it is overdue is asked with <c>now</c>.</param>
internal sealed record ConditionFact(string Id, string Owner, DateTimeOffset Due, string Source, string State);

/// <summary>When the version has to be validated anew; whether that has passed is asked with <c>now</c>.</summary>
/// <param name="Basis"><c>validation</c>, <c>deployment</c> or <c>none</c>.</param>
internal sealed record RevalidationFact(DateTimeOffset? DueAt, string Basis, int Months);

/// <summary>A document about the version, by digest; the latest first. Whether it has expired is asked with <c>now</c>.</summary>
internal sealed record EvidenceFact(string Kind, string Digest, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil, string By);

/// <summary>What runs in the environment now.</summary>
/// <param name="State"><see cref="Nothing"/>, or how that version stands: <c>usable</c>, <c>suspended</c>, <c>recalled</c>, <c>retired</c>.</param>
/// <param name="Evidence">The latest document of each kind about that version.</param>
/// <param name="Monitoring">What was seen of that version in use there.</param>
internal sealed record LiveFact(string State, int? Version, DateTimeOffset? Since, IReadOnlyList<LiveEvidenceFact> Evidence, MonitoringFact? Monitoring = null)
{
    public const string Nothing = "nothing", Usable = "usable", Suspended = "suspended";
}

internal sealed record LiveEvidenceFact(string Kind, DateTimeOffset ProducedAt, DateTimeOffset? ValidUntil);

/// <summary>What went wrong with the model in use; the latest first.</summary>
/// <param name="State"><c>open</c>, <c>acknowledged</c> or <c>resolved</c>; null in facts from before incidents were followed.</param>
internal sealed record IncidentFact(string Id, string Severity, DateTimeOffset At, int? Version, string? State = null);
