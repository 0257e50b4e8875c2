using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Domain.Models;

public sealed partial record Model
{
    public static Model Evolve(Model model, object e) => e switch
    {
        ModelRegistered registered => model with
        {
            Name = registered.Name,
            Team = registered.Team,
            Purpose = registered.Purpose,
            Purposes = registered.Purposes,
            RegisteredAt = registered.At,
            Origin = registered.Origin ?? ModelOrigin.Internal,
            Generative = registered.Generative,
        },
        ModelPurposeChanged changed => model with { Purpose = changed.Purpose, Purposes = changed.Purposes, PurposeRevision = model.PurposeRevision + 1 },
        ModelRiskProposed proposed => model.Judge(model with { ProposedRisk = proposed.Risk, RiskProposers = proposed.Owner is null ? [proposed.By] : [proposed.By, proposed.Owner] }),
        ModelRiskConfirmed confirmed => model.Judge(model with { ConfirmedRisk = confirmed.Risk, ProposedRisk = null, RiskConfirmedBy = confirmed.By, RiskProposers = [], RiskLowerings = model.RiskLowerings + model.Lowered(confirmed.Risk) }),
        ModelCardWritten card => model with { Card = card.Card },
        ModelVersionRegistered registered => model with { Versions = model.Versions.Add(registered.Version, Versioned(registered)), CurrentVersions = model.CurrentVersions.Add(registered.Version) },
        ModelAuthorAdded added => model.Change(added.Version, v => Join(v, added)),
        ModelArtifactReplaced replaced => model.Change(replaced.Version, v => v with { ArtifactDigest = replaced.ArtifactDigest, ImageDigest = replaced.ImageDigest, ArtifactRevision = v.ArtifactRevision + 1 }),
        ModelAliasSet alias => model with { Aliases = model.Aliases.SetItem(alias.Alias, alias.Version) },
        ModelAliasRemoved alias => model with { Aliases = model.Aliases.Remove(alias.Alias) },
        ModelSuspended { Version: null } suspended => model with { Suspended = new(suspended.Reason, suspended.By, suspended.At) },
        ModelSuspended { Version: { } number } suspended => model.Change(number, v => v with { Suspended = new(suspended.Reason, suspended.By, suspended.At) }),
        ModelResumed { Version: null } => model with { Suspended = null },
        ModelResumed { Version: { } number } => model.Change(number, v => v with { Suspended = null }).TakeBack(number),
        ModelVersionRecalled recalled => model.Change(recalled.Version, v => v with { Recalled = true }),
        ModelRetired { Version: null } retired => model.End(_ => true, retired.At) with { Retired = true },
        ModelRetired { Version: { } number } retired => model.Change(number, v => v with { Retired = true }).End(d => d.Version == number, retired.At),
        ModelRecertified again => model with { Recertified = new() { At = again.At, By = again.By, Reason = again.Reason, StillInUse = again.StillInUse } },
        FindingOpened opened => model.Open(opened),
        FindingClosed closed => model.Close(closed),
        FindingChanged changed => model.Change(changed),
        FindingReopened reopened => model.Reopen(reopened),
        DiscrepancyVanished vanished => model.Observe(vanished.Finding, vanished.ObservedAt),
        DiscrepancyReturned returned => model.Observe(returned.Finding, null),
        IncidentReported incident => model with { Incidents = model.Incidents.Add(new(incident.Id, incident.Title, incident.Severity, incident.Version, incident.Environment, incident.By, incident.At) { Cause = incident.Cause ?? "reported" }) },
        IncidentAcknowledged acknowledged => model.Acknowledge(acknowledged),
        IncidentResolved resolved => model.Resolve(resolved),
        MonitoringBaselineFrozen frozen => model.Change(frozen.Version, v => v.Freeze(frozen)),
        MonitoringReported seen => model.Change(seen.Version, v => v.See(seen)),
        EvidenceAttached attached => model.Change(attached.Version, v => v with { Evidence = v.Evidence.Add(EvidenceItem.Of(attached)) }),
        ReviewRequested asked => model.Change(asked.Version, v => v with { Review = ReviewState.Open, Requesters = v.Requesters.Union(asked.Requesters) }),
        VersionApproved approved => model.Change(approved.Version, v => (v with { Approvals = v.Approvals.Add(model.Consent(approved)) }).Impose(approved.Conditions, Condition.OfApproval, approved.Approval)),
        VersionRejected rejected => model.Change(rejected.Version, v => v with { Review = ReviewState.Rejected, ReviewRound = v.ReviewRound + 1 }),
        ApprovalRevoked revoked => model.Change(revoked.Version, revoked.Approval, a => a with { Revoked = new(revoked.Reason, revoked.By, revoked.At) }),
        ApprovalSuperseded superseded => model.Change(superseded.Version, superseded.Approval, a => a with { Superseded = superseded.Causes }),
        VersionValidated validated => model.Change(validated.Version, v => v.Add(validated with { Material = validated.Material.Completed(model.RiskLowerings) })),
        ValidationSuperseded superseded => model.Change(superseded.Version, v => v.Supersede(superseded)),
        ConditionReported reported => model.Change(reported.Version, v => v.Report(reported)),
        ConditionMet met => model.Change(met.Version, v => v.Meet(met)),
        ModelDeployed d => model.Deploy(new(d.Id, d.Version, d.Environment, d.DecisionId, d.ArtifactDigest, d.ImageDigest, d.Action, d.By, d.At, Replaces: d.Replaces) { Stage = d.Stage ?? DeploymentStage.Full }),
        ModelRolledBack d => model.Deploy(new(d.Id, d.Version, d.Environment, d.DecisionId, d.ArtifactDigest, d.ImageDigest, "rollback", d.By, d.At, Replaces: d.Replaces)),
        TakedownAsked asked => model.Ask(asked),
        DeploymentConcluded concluded => model.Conclude(concluded),
        ModelWaiverNoted noted => model.Keep(noted),
        BreakGlassRequested asked => model.Ask(asked),
        BreakGlassApproved approved => model.Agree(approved),
        _ => model,
    };

    private static ModelVersion Versioned(ModelVersionRegistered e) => new()
    {
        Number = e.Version, ArtifactDigest = e.ArtifactDigest, ImageDigest = e.ImageDigest, Framework = e.Framework, EnvironmentDigest = e.EnvironmentDigest,
        Commit = e.Commit, Run = e.Run, Training = e.Training, Datasets = e.Datasets, Metrics = e.Metrics,
        Authors = [.. e.Authors], HumanAuthors = [.. e.HumanAuthors], RegisteredBy = e.By, RegisteredAt = e.At, Descriptor = e.Descriptor,
    };

    /// <summary>That an author is a person is no change of the authors, so approvals do not fall over it.</summary>
    private static ModelVersion Join(ModelVersion version, ModelAuthorAdded e) => version with
    {
        Authors = version.Authors.Add(e.Author),
        HumanAuthors = e.IsPerson ? version.HumanAuthors.Add(e.Author) : version.HumanAuthors,
        AuthorsRevision = version.AuthorsRevision + (version.Authors.Contains(e.Author) ? 0 : 1),
    };

    private Approval Consent(VersionApproved e) => new(e.Approval, e.Role, e.By, e.Owner, e.Reason, e.Material.Completed(RiskLowerings), e.Round, e.At, e.ValidUntil) { Validation = e.Validation };

    /// <summary>Counts a raise of the judged risk, whatever led to it.</summary>
    private Model Judge(Model next) => next.JudgedRisk.IsRaisedFrom(JudgedRisk) ? next with { RiskRaises = RiskRaises + 1 } : next;

    /// <summary>From nothing confirmed to a first class is no lowering: nobody had said that it was higher.</summary>
    private int Lowered(RiskClass next) => ConfirmedRisk is { } before && next.LoweredFrom(before).Count > 0 ? 1 : 0;

    private Model Change(int number, Func<ModelVersion, ModelVersion> change) => this with { Versions = Versions.SetItem(number, change(Versions[number])) };

    private Model Change(int number, string approval, Func<Approval, Approval> change) =>
        Change(number, v => v with { Approvals = v.Approvals.ConvertAll(a => a.Id == approval ? change(a) : a) });
}
