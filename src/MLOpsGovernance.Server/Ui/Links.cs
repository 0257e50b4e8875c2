using MLOpsGovernance.Server.Tasks;

namespace MLOpsGovernance.Server.Ui;

/// <summary>The addresses of pages, each written once.</summary>
internal static class Links
{
    public static string Model(string name) => $"/models/{Uri.EscapeDataString(name)}";

    public static string Version(string model, int version) => $"{Model(model)}/versions/{version}";

    public static string Decision(string id) => $"/decisions/{Uri.EscapeDataString(id)}";

    public static string Dataset(string name) => $"/datasets/{Uri.EscapeDataString(name)}";

    public static string Team(string name) => $"/teams/{Uri.EscapeDataString(name)}";

    public static string Waiver(string id) => $"/waivers/{Uri.EscapeDataString(id)}";

    public static string Event(Guid id) => $"/audit/events/{id}";

    public static string Environment(string name) => $"/environments/{Uri.EscapeDataString(name)}";

    /// <summary>Where a task can be done.</summary>
    public static string Task(TaskView task) => task switch
    {
        { Kind: Domain.Tasks.TaskKind.ApproveWaiver or Domain.Tasks.TaskKind.RenewWaiver, Item: { } waiver } => Waiver(waiver),
        { Kind: Domain.Tasks.TaskKind.RemedyFinding or Domain.Tasks.TaskKind.CloseFinding, Model: { } model } => $"{Model(model)}?tab=findings",
        { Model: { } model, Version: { } version } => Version(model, version),
        { Model: { } model } => Model(model),
        { Dataset: { } dataset } => Dataset(dataset),
        { Subject: { } subject } => $"/admin/users/{Uri.EscapeDataString(subject)}",
        _ => Environment(task.Environment ?? ""),
    };
}
