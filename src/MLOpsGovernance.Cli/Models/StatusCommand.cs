using System.CommandLine;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Models;

internal static class StatusCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var command = new Command("status", "Show how far a model version is: its classes, its review, its approvals and whether they still stand.");
        version.AddTo(command);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.ReadAsync(version.Path(run), "artifactDigest", cancellationToken);
            if (run.IsJson) run.Screen.Raw(answer.Text.TrimEnd());
            else await WriteAsync(run, version.Model(run), answer.Json!.Value, cancellationToken);
            return ExitCode.Ok;
        });
    }

    private static async Task WriteAsync(Run run, string name, JsonElement version, CancellationToken cancellationToken)
    {
        var screen = run.Screen;
        var model = (await run.ReadAsync(ApiPath.Of($"models/{name}"), "risk", cancellationToken)).Json!.Value;
        screen.Say($"{name} version {version.WholeOf("version") ?? 0}, team {model.TextOf("team")}");
        screen.Say($"  artifact   {version.TextOf("artifactDigest")}");
        if (version.TextOf("imageDigest") is { } image) screen.Say($"  image      {image}");
        Classes(screen, model, version, await DatasetsAsync(run, version, cancellationToken));
        screen.Say($"  authors    {string.Join(", ", version.TextsOf("authors"))}");
        foreach (var line in Obstacles(model, version)) screen.Say($"  [red]blocked[/]    {line}");
        foreach (var finding in model.EachOf("findings").Where(f => f.FlagOf("open") is true && (f.WholeOf("version") ?? version.WholeOf("version")) == version.WholeOf("version")))
            screen.Say($"  [yellow]finding[/]    {finding.TextOf("severity")}: {finding.TextOf("title")} ({finding.TextOf("id")})");
        screen.Say($"  review     {Review(version.TextOf("review"))}");
        Approvals(screen, [.. version.EachOf("approvals")]);
        foreach (var live in model.EachOf("deployments").Where(d => d.WholeOf("version") == version.WholeOf("version") && d.Of("endedAt") is null))
            screen.Say($"  live       in {live.TextOf("environment")} since {live.TextOf("at")}");
    }

    private static void Classes(Screen screen, JsonElement model, JsonElement version, IReadOnlyList<JsonElement> datasets)
    {
        var risk = model.GetProperty("risk");
        var judged = risk.Of("judged");
        screen.Say($"  risk       {risk.TextOf("state")}; judged as {judged?.TextOf("euAiAct")}, tier {judged?.WholeOf("tier") ?? 1}");
        foreach (var (reference, dataset) in version.EachOf("datasets").Zip(datasets))
        {
            var withdrawn = dataset.Of("withdrawn") is null ? "" : ", withdrawn";
            screen.Say($"  data       {reference.TextOf("name")} {reference.TextOf("version")}; class {dataset.Of("classification")?.TextOf("state")}{withdrawn}");
        }
    }

    private static async Task<IReadOnlyList<JsonElement>> DatasetsAsync(Run run, JsonElement version, CancellationToken cancellationToken)
    {
        List<JsonElement> datasets = [];
        foreach (var reference in version.EachOf("datasets"))
            datasets.Add((await run.ReadAsync(ApiPath.Of($"datasets/{reference.TextOf("name")}"), "classification", cancellationToken)).Json!.Value);
        return datasets;
    }

    private static IEnumerable<string> Obstacles(JsonElement model, JsonElement version)
    {
        if (model.Of("suspended") is not null) yield return "the model is suspended";
        if (model.FlagOf("retired") is true) yield return "the model is retired";
        if (version.Of("suspended") is not null) yield return "the version is suspended";
        if (version.FlagOf("recalled") is true) yield return "the version is recalled";
        if (version.FlagOf("retired") is true) yield return "the version is retired";
    }

    private static void Approvals(Screen screen, IReadOnlyList<JsonElement> approvals)
    {
        if (approvals.Count == 0) screen.Say($"  approvals  none");
        foreach (var approval in approvals)
        {
            var line = $"as {approval.TextOf("role")} by {approval.TextOf("by")}, {approval.TextOf("at")} to {approval.TextOf("validUntil")} ({approval.TextOf("id")})";
            if (approval.TextOf("state") == "live") screen.Say($"  [green]approved[/]   {line}");
            else screen.Say($"  [yellow]{approval.TextOf("state") ?? "unknown"}[/]  {line}");
            foreach (var why in approval.EachOf("why")) screen.Say($"             because {why.TextOf("why")} ({why.TextOf("code")})");
        }
    }

    private static string Review(string? state) => state switch
    {
        "notRequested" => "not requested; `mlgov request-review` asks for it",
        "open" => "open",
        "rejected" => "rejected; it needs a new review",
        "closed" => "closed",
        _ => state ?? "unknown",
    };
}
