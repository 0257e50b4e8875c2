using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
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
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Models;

/// <summary>What may happen to a model: one entry for every command, so that no path goes around a rule.</summary>
public static class ModelDecider
{
    public static Decision Decide(Model model, ModelCommand command, Actor actor, DateTimeOffset at) => (model, command) switch
    {
        ({ Exists: true }, RegisterModel register) => Conflict("model-exists", $"A model named {register.Name} exists already; choose another name."),
        (_, RegisterModel { TeamExists: false } register) => Unprocessable("team-unknown", $"There is no team named {register.Team}; form it first."),
        (_, RegisterModel register) => Accept(new ModelRegistered(
            register.Name, register.Team, register.Purpose, register.Purposes, actor.Subject, at, register.Origin == ModelOrigin.Internal ? null : register.Origin, register.Generative)),
        ({ Exists: false }, _) => NotFound("model-unknown", "There is no such model; register it first."),
        _ when TakenId(model, command) is { } id => Conflict("id-taken", $"{model.Name} has something with the id {id} already; take a fresh id."),

        (_, CloseFinding close) => FindingRules.Close(model, close, actor, at),
        (_, ChangeFinding change) => RemedyRules.Change(model, change, actor, at),
        (_, ReopenFinding reopen) => RemedyRules.Reopen(model, reopen, actor, at),
        (_, RevokeApproval revoke) => ReviewRules.Revoke(model, revoke, actor, at),
        (_, NoteSuperseded note) => ReviewRules.Note(model, note, actor, at),
        (_, ReportIncident incident) => FindingRules.Report(model, incident, actor, at),
        (_, AcknowledgeIncident acknowledge) => IncidentRules.Acknowledge(model, acknowledge, actor, at),
        (_, ResolveIncident resolve) => IncidentRules.Resolve(model, resolve, actor, at),
        (_, NoteMonitoring note) => MonitoringRules.Note(model, note, actor, at),
        (_, NoteDiscrepancies note) => ObservedFindings.Note(model, note, actor, at),
        (_, NoteCompliance note) => ComplianceFindings.Note(model, note, actor, at),
        (_, NoteRecall note) => RecallFindings.Note(model, note, actor, at),
        (_, AttachEvidence attach) => EvidenceRules.Attach(model, attach, actor, at),
        (_, OpenFinding open) => FindingRules.Open(model, open, actor, at),
        (_, ConcludeDeployment conclude) => DeploymentRules.Conclude(model, conclude, actor, at),
        ({ Retired: true }, _) => Conflict("model-retired", $"{model.Name} is retired; register a new model."),

        (_, ChangePurpose change) => ModelRules.ChangePurpose(model, change, actor, at),
        (_, ClassifyModel classify) => RiskRules.Classify(model, classify, actor, at),
        (_, ConfirmRisk confirm) => RiskRules.Confirm(model, confirm, actor, at),
        (_, WriteCard card) => Accept(new ModelCardWritten(card.Card, actor.Subject, at)),
        (_, RegisterVersion register) => VersionRules.Register(model, register, actor, at),
        (_, AddAuthor add) => VersionRules.AddAuthor(model, add, actor, at),
        (_, ReplaceArtifact replace) => VersionRules.Replace(model, replace, actor, at),
        (_, SetAlias set) => VersionRules.SetAlias(model, set, actor, at),
        (_, RemoveAlias remove) => model.Aliases.ContainsKey(remove.Alias)
            ? Accept(new ModelAliasRemoved(remove.Alias, actor.Subject, at))
            : NotFound("alias-unknown", $"{model.Name} has no alias {remove.Alias}."),
        (_, SuspendModel suspend) => ModelRules.Suspend(model, suspend, actor, at),
        (_, ResumeModel resume) => ModelRules.Resume(model, resume, actor, at),
        (_, RecallVersion recall) => ModelRules.Recall(model, recall, actor, at),
        (_, RetireModel retire) => ModelRules.Retire(model, retire, actor, at),
        (_, RecertifyModel recertify) => RecertificationRules.Recertify(model, recertify, actor, at),
        (_, RequestReview request) => ReviewRules.Request(model, request, actor, at),
        (_, ApproveVersion approve) => ReviewRules.Approve(model, approve, actor, at),
        (_, ValidateVersion validate) => ValidationRules.Validate(model, validate, actor, at),
        (_, ReportCondition report) => ConditionRules.Report(model, report, actor, at),
        (_, ConfirmCondition confirm) => ConditionRules.Confirm(model, confirm, actor, at),
        (_, RecordDeployment deployment) => DeploymentRules.Record(model, deployment, actor, at),
        (_, NoteWaiver note) => WaiverRequestRules.Note(model, note, actor, at),
        (_, RequestBreakGlass request) => BreakGlassRules.Request(model, request, actor, at),
        (_, ApproveBreakGlass approve) => BreakGlassRules.Approve(model, approve, actor, at),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>An id names one thing: otherwise what is decided about the first of its name would happen to the others too.</summary>
    private static string? TakenId(Model model, ModelCommand command)
    {
        return command switch
        {
            OpenFinding open when IsFinding(open.Id) => open.Id,
            NoteMonitoring { Report: { } report } when model.Incidents.Exists(i => i.Id == report.IncidentId) => report.IncidentId,
            ReportIncident incident when model.Incidents.Exists(i => i.Id == incident.Id) => incident.Id,
            ApproveVersion approve when model.Versions.Values.Any(v => v.Approvals.Exists(a => a.Id == approve.Id)) => approve.Id,
            AttachEvidence attach when model.Versions.Values.Any(v => v.Evidence.Exists(e => e.Id == attach.Id)) => attach.Id,
            ValidateVersion validate when model.Versions.Values.Any(v => v.Validations.Exists(a => a.Id == validate.Id)) => validate.Id,
            RecordDeployment deployment when model.Deployments.Exists(d => d.Id == deployment.Id) => deployment.Id,
            RecordDeployment { Checked.Action: "rollback" } deployment when IsFinding(deployment.FollowUpId) => deployment.FollowUpId,
            RequestBreakGlass request when model.BreakGlasses.Exists(b => b.Id == request.Id) => request.Id,
            ApproveBreakGlass approve when IsFinding(approve.FindingId) => approve.FindingId,
            NoteDiscrepancies note => note.Found.FirstOrDefault(f => IsFinding(f.FindingId))?.FindingId,
            NoteRecall note => note.Found.FirstOrDefault(f => IsFinding(f.FindingId) && !model.Findings.Exists(k => k.Cause == RecallFindings.Cause(note.Recall, f.Version)))?.FindingId,
            NoteCompliance note => note.Found.FirstOrDefault(f => IsFinding(f.FindingId))?.FindingId,
            _ => null,
        };

        bool IsFinding(string id) => model.Findings.Exists(f => f.Id == id);
    }

    internal static Decision UnknownVersion(Model model, int version) => NotFound("version-unknown", $"{model.Name} has no version {version}.");

    /// <summary>What was recalled or retired serves no more, for anything.</summary>
    internal static Decision? Unusable(Model model, ModelVersion version) =>
        version.Retired ? Conflict("version-retired", $"Version {version.Number} of {model.Name} is retired.")
        : version.Recalled ? Conflict("version-recalled", $"Version {version.Number} of {model.Name} is recalled; register a new version.")
        : null;

    /// <summary>The events, followed by an <see cref="ApprovalSuperseded"/> or <see cref="ValidationSuperseded"/> for each that no longer stands after them.</summary>
    internal static Decision AcceptAndSupersede(Model model, Actor actor, DateTimeOffset at, params object[] events)
    {
        var next = events.Aggregate(model, Model.Evolve);
        var superseded =
            from version in next.Versions.Values
            let before = model.Versions.GetValueOrDefault(version.Number)
            where before is not null
            from approval in version.Approvals
            where approval.Revoked is null && approval.Superseded.Count == 0
            // Only this stream's own changes are seen here: the datasets are taken as they were approved.
            let standing = ApprovalStanding.Of(approval, version, Material.Of(next, version, approval.Material.Datasets))
            where standing.State == ApprovalStanding.Superseded
            select (object)new ApprovalSuperseded(version.Number, approval.Id, [.. standing.Why.Select(w => w.Code)], actor.Subject, at);
        var lapsed = next.Versions.Values.Where(v => model.Versions.ContainsKey(v.Number))
            .SelectMany(v => ValidationEvolution.Superseded(v, validation => Material.Of(next, v, validation.Material.Datasets), actor, at));
        return Accept([.. events, .. superseded, .. lapsed]);
    }
}
