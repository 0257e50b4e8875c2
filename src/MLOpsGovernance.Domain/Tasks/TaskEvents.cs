using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Domain.Waivers;

namespace MLOpsGovernance.Domain.Tasks;

/// <summary>The events after which something may wait for somebody, or wait no more.</summary>
public static class TaskEvents
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(ModelRegistered), typeof(ModelRecertified), typeof(ModelRiskProposed), typeof(ModelRiskConfirmed), typeof(ModelRetired),
        typeof(ModelVersionRegistered), typeof(ModelAuthorAdded), typeof(ModelArtifactReplaced), typeof(ModelVersionRecalled),
        typeof(ReviewRequested), typeof(VersionApproved), typeof(VersionRejected), typeof(ApprovalRevoked), typeof(ApprovalSuperseded),
        typeof(VersionValidated), typeof(ValidationSuperseded), typeof(ConditionReported), typeof(ConditionMet),
        typeof(ModelDeployed), typeof(ModelRolledBack), typeof(DeploymentConcluded), typeof(TakedownAsked), typeof(ModelResumed), typeof(BreakGlassRequested), typeof(BreakGlassApproved),
        typeof(FindingOpened), typeof(FindingChanged), typeof(FindingClosed), typeof(FindingReopened), typeof(DiscrepancyVanished), typeof(DiscrepancyReturned),
        typeof(DatasetRegistered), typeof(DatasetClassProposed), typeof(DatasetClassified), typeof(DatasetWithdrawn), typeof(DatasetRestored), typeof(DatasetReviewed),
        typeof(RoleGranted), typeof(RoleRevoked), typeof(RoleRecertified),
        typeof(EnvironmentRegistered), typeof(EnvironmentUngatingProposed), typeof(EnvironmentUngated), typeof(EnvironmentGated), typeof(EnvironmentFindingOpened), typeof(EnvironmentFindingClosed),
        typeof(WaiverRequested), typeof(WaiverApproved), typeof(WaiverRejected), typeof(WaiverWithdrawn), typeof(WaiverRevoked),
    ];

    /// <summary>The version of a model that an event changes; null where it changes none, or does not say which.</summary>
    internal static int? VersionOf(object e) => e switch
    {
        ModelVersionRegistered v => v.Version,
        ModelAuthorAdded v => v.Version,
        ModelArtifactReplaced v => v.Version,
        ModelVersionRecalled v => v.Version,
        ModelRetired v => v.Version,
        ReviewRequested v => v.Version,
        VersionApproved v => v.Version,
        VersionRejected v => v.Version,
        ApprovalRevoked v => v.Version,
        ApprovalSuperseded v => v.Version,
        VersionValidated v => v.Version,
        ValidationSuperseded v => v.Version,
        ConditionReported v => v.Version,
        ConditionMet v => v.Version,
        ModelDeployed v => v.Version,
        ModelRolledBack v => v.Version,
        DeploymentConcluded v => v.Version,
        TakedownAsked v => v.Version,
        ModelResumed v => v.Version,
        BreakGlassRequested v => v.Version,
        _ => null,
    };

    /// <summary>The finding of a model that an event changes.</summary>
    internal static string? FindingOf(object e) => e switch
    {
        FindingOpened f => f.Id,
        FindingChanged f => f.Id,
        FindingClosed f => f.Id,
        FindingReopened f => f.Id,
        DiscrepancyVanished d => d.Finding,
        DiscrepancyReturned d => d.Finding,
        _ => null,
    };
}
