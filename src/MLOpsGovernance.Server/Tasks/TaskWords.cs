using MLOpsGovernance.Domain.Tasks;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>Tasks in words that a person acts on.</summary>
internal static class TaskWords
{
    public static string Of(string kind, TaskAbout about) => kind switch
    {
        TaskKind.Approve => $"Approve or reject version {about.Version} of {about.Model}.",
        TaskKind.RenewApproval => $"The approval of version {about.Version} of {about.Model} expires: have it approved anew.",
        TaskKind.ApproveBreakGlass => $"Agree to break the glass for version {about.Version} of {about.Model}, or let it lapse.",
        TaskKind.ApproveWaiver => $"Approve or reject waiver {about.Item} for {Place(about)} in {about.Environment}.",
        TaskKind.RenewWaiver => $"Waiver {about.Item} for {Place(about)} in {about.Environment} ends: do without it, or ask for another.",
        TaskKind.ConfirmRisk => $"Confirm the proposed risk class of {about.Model}, or set another.",
        TaskKind.ConfirmClass => $"Confirm the proposed class of dataset {about.Dataset}, or set another.",
        TaskKind.ConfirmCondition => $"Confirm that condition {about.Item} on version {about.Version} of {about.Model} is met.",
        TaskKind.ConfirmUngating => $"Agree that the gate of {about.Environment} is taken away, or put it back.",
        TaskKind.FulfilCondition => $"Fulfil condition {about.Item} on version {about.Version} of {about.Model}.",
        TaskKind.RemedyFinding => $"Remedy finding {about.Item} on {Place(about)}.",
        TaskKind.CloseFinding => $"Look into finding {about.Item} on {Place(about)} and close it.",
        TaskKind.Revalidate => $"Validate version {about.Version} of {about.Model} anew.",
        TaskKind.RecertifyModel => $"Confirm that {about.Model} is still in use and that its purpose, owner and class are right.",
        TaskKind.RetireModel => $"{about.Model} is said to be no longer in use: retire it.",
        TaskKind.TakeDown => $"Take version {about.Version} of {about.Model} down from {about.Environment}, deployment {about.Item}: a policy says that it does not go on running.",
        TaskKind.RecertifyRole => $"Confirm that {about.Subject} still needs the role {about.Role}, or take it back.",
        TaskKind.ReviewDataset => $"Look at dataset {about.Dataset} again: whether its class, its purposes and how long it is kept are still right.",
        _ => kind,
    };

    public static string Link(string kind, TaskAbout about) => about switch
    {
        { Item: { } waiver } when kind is TaskKind.ApproveWaiver or TaskKind.RenewWaiver => $"/api/v1/waivers/{waiver}",
        { Model: { } model, Version: { } version } => $"/api/v1/models/{model}/versions/{version}",
        { Model: { } model } => $"/api/v1/models/{model}",
        { Dataset: { } dataset } => $"/api/v1/datasets/{dataset}",
        { Subject: { } subject } => $"/api/v1/subjects/{Uri.EscapeDataString(subject)}",
        _ => $"/api/v1/environments/{about.Environment}",
    };

    private static string Place(TaskAbout about) => about switch
    {
        { Model: { } model, Version: { } version } => $"version {version} of {model}",
        { Model: { } model } => model,
        _ => $"environment {about.Environment}",
    };
}
