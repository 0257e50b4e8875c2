using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.AuditSamples;
using MLOpsGovernance.Domain.Audit;
using MLOpsGovernance.Domain.BuyOrBuild;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Erasures;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Domain.Maturity;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Reports;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Domain.Teams;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Server.Storage;

/// <summary>The stored name of every event. Names are data: renaming a type in C# must not touch them, and none is ever used again for something else.</summary>
internal static class EventNames
{
    public static IReadOnlyDictionary<Type, string> All { get; } = new Dictionary<Type, string>
    {
        [typeof(AttemptRefused)] = "attempt_refused",

        [typeof(TeamFormed)] = "team_formed",
        [typeof(TeamRenamed)] = "team_renamed",
        [typeof(MemberJoined)] = "member_joined",
        [typeof(MemberChanged)] = "member_changed",
        [typeof(MemberLeft)] = "member_left",

        [typeof(DatasetRegistered)] = "dataset_registered",
        [typeof(DatasetVersionRegistered)] = "dataset_version_registered",
        [typeof(DatasetClassProposed)] = "dataset_class_proposed",
        [typeof(DatasetClassified)] = "dataset_classified",
        [typeof(DatasetQualityReported)] = "dataset_quality_reported",
        [typeof(DatasetAssertionsChecked)] = "dataset_assertions_checked",
        [typeof(DatasetReviewed)] = "dataset_reviewed",
        [typeof(DatasetLineageNamed)] = "dataset_lineage_named",
        [typeof(DatasetWithdrawn)] = "dataset_withdrawn",
        [typeof(DatasetRestored)] = "dataset_restored",

        [typeof(ModelRegistered)] = "model_registered",
        [typeof(ModelPurposeChanged)] = "model_purpose_changed",
        [typeof(ModelRiskProposed)] = "model_risk_proposed",
        [typeof(ModelRiskConfirmed)] = "model_risk_confirmed",
        [typeof(ModelCardWritten)] = "model_card_written",
        [typeof(ModelVersionRegistered)] = "model_version_registered",
        [typeof(ModelAuthorAdded)] = "model_author_added",
        [typeof(ModelArtifactReplaced)] = "model_artifact_replaced",
        [typeof(ModelAliasSet)] = "model_alias_set",
        [typeof(ModelAliasRemoved)] = "model_alias_removed",
        [typeof(ModelSuspended)] = "model_suspended",
        [typeof(ModelResumed)] = "model_resumed",
        [typeof(ModelVersionRecalled)] = "model_version_recalled",
        [typeof(ModelRetired)] = "model_retired",
        [typeof(ModelRecertified)] = "model_recertified",
        [typeof(FindingOpened)] = "finding_opened",
        [typeof(FindingClosed)] = "finding_closed",
        [typeof(FindingChanged)] = "finding_changed",
        [typeof(FindingReopened)] = "finding_reopened",
        [typeof(IncidentReported)] = "incident_reported",
        [typeof(IncidentAcknowledged)] = "incident_acknowledged",
        [typeof(IncidentResolved)] = "incident_resolved",
        [typeof(MonitoringBaselineFrozen)] = "monitoring_baseline_frozen",
        [typeof(MonitoringReported)] = "monitoring_reported",

        [typeof(ReviewRequested)] = "review_requested",
        [typeof(VersionApproved)] = "version_approved",
        [typeof(VersionRejected)] = "version_rejected",
        [typeof(ApprovalRevoked)] = "approval_revoked",
        [typeof(ApprovalSuperseded)] = "approval_superseded",
        [typeof(EvidenceAttached)] = "evidence_attached",
        [typeof(VersionValidated)] = "version_validated",
        [typeof(ValidationSuperseded)] = "validation_superseded",
        [typeof(ConditionReported)] = "condition_reported",
        [typeof(ConditionMet)] = "condition_met",

        [typeof(LogHeartbeat)] = "log_heartbeat",

        [typeof(PolicyChecked)] = "policy_checked",
        [typeof(ModelDeployed)] = "model_deployed",
        [typeof(ModelRolledBack)] = "model_rolled_back",
        [typeof(DeploymentConcluded)] = "deployment_concluded",
        [typeof(BreakGlassRequested)] = "break_glass_requested",
        [typeof(BreakGlassApproved)] = "break_glass_approved",

        [typeof(ComplianceJudged)] = "compliance_judged",
        [typeof(TakedownAsked)] = "takedown_asked",
        [typeof(WaiverRequested)] = "waiver_requested",
        [typeof(WaiverApproved)] = "waiver_approved",
        [typeof(WaiverRejected)] = "waiver_rejected",
        [typeof(WaiverWithdrawn)] = "waiver_withdrawn",
        [typeof(WaiverRevoked)] = "waiver_revoked",
        [typeof(ModelWaiverNoted)] = "model_waiver_noted",

        [typeof(AssessmentBegun)] = "assessment_begun",
        [typeof(QuestionAnswered)] = "question_answered",
        [typeof(AnswerReviewed)] = "answer_reviewed",
        [typeof(ExemptionAsked)] = "exemption_asked",
        [typeof(ExemptionAgreed)] = "exemption_agreed",
        [typeof(ExemptionEnded)] = "exemption_ended",
        [typeof(AssessmentTuned)] = "assessment_tuned",
        [typeof(SkillsDeclared)] = "skills_declared",
        [typeof(SystemTestMarked)] = "system_test_marked",
        [typeof(SystemTestMarkAgreed)] = "system_test_mark_agreed",
        [typeof(AssessmentCompleted)] = "assessment_completed",
        [typeof(AdviceGiven)] = "advice_given",

        [typeof(RecallPrepared)] = "recall_prepared",
        [typeof(RecallConfirmed)] = "recall_confirmed",
        [typeof(LineageReported)] = "lineage_reported",

        [typeof(ReportIssued)] = "report_issued",

        [typeof(EnvironmentRegistered)] = "environment_registered",
        [typeof(EnvironmentChanged)] = "environment_changed",
        [typeof(EnvironmentUngatingProposed)] = "environment_ungating_proposed",
        [typeof(EnvironmentUngated)] = "environment_ungated",
        [typeof(EnvironmentGated)] = "environment_gated",

        [typeof(EnvironmentObserved)] = "environment_observed",
        [typeof(EnvironmentFindingOpened)] = "environment_finding_opened",
        [typeof(EnvironmentFindingClosed)] = "environment_finding_closed",
        [typeof(DiscrepancyVanished)] = "discrepancy_vanished",
        [typeof(DiscrepancyReturned)] = "discrepancy_returned",

        [typeof(PersonRecognized)] = "person_recognized",
        [typeof(RoleGranted)] = "role_granted",
        [typeof(RoleRevoked)] = "role_revoked",
        [typeof(RoleRecertified)] = "role_recertified",
        [typeof(ApiKeyCreated)] = "api_key_created",
        [typeof(ApiKeyRevoked)] = "api_key_revoked",
        [typeof(PolicySetAdopted)] = "policy_set_adopted",
        [typeof(PolicySetProposed)] = "policy_set_proposed",
        [typeof(PolicySetSeconded)] = "policy_set_seconded",
        [typeof(PolicySetRejected)] = "policy_set_rejected",

        [typeof(LegalHoldPlaced)] = "legal_hold_placed",
        [typeof(LegalHoldLifted)] = "legal_hold_lifted",
        [typeof(ErasureRequested)] = "erasure_requested",
        [typeof(ErasureCompleted)] = "erasure_completed",
        [typeof(ErasureRejected)] = "erasure_rejected",
        [typeof(AuditSampleDrawn)] = "audit_sample_drawn",
        [typeof(AuditSampleChecked)] = "audit_sample_checked",
    };
}
