namespace MLOpsGovernance.Domain.Tasks;

/// <summary>What there is to do. Programs filter by these words: none is ever renamed.</summary>
public static class TaskKind
{
    public const string
        Approve = "approve",
        RenewApproval = "renew-approval",
        ApproveBreakGlass = "approve-break-glass",
        ApproveWaiver = "approve-waiver",
        RenewWaiver = "renew-waiver",
        ConfirmRisk = "confirm-risk",
        ConfirmClass = "confirm-class",
        ConfirmCondition = "confirm-condition",
        ConfirmUngating = "confirm-ungating",
        FulfilCondition = "fulfil-condition",
        RemedyFinding = "remedy-finding",
        CloseFinding = "close-finding",
        Revalidate = "revalidate",
        RecertifyModel = "recertify-model",
        RetireModel = "retire-model",
        TakeDown = "take-down",
        RecertifyRole = "recertify-role",
        ReviewDataset = "review-dataset";

    public static IReadOnlyList<string> All { get; } =
    [
        Approve, RenewApproval, ApproveBreakGlass, ApproveWaiver, RenewWaiver, ConfirmRisk, ConfirmClass, ConfirmCondition, ConfirmUngating, FulfilCondition, RemedyFinding, CloseFinding, Revalidate, RecertifyModel,
        RetireModel, TakeDown, RecertifyRole, ReviewDataset,
    ];
}
