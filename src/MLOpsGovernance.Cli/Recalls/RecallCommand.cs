using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Lineage;

namespace MLOpsGovernance.Cli.Recalls;

/// <summary>Data turns out to be unfit.</summary>
internal static class RecallCommand
{
    public static Command Create(Globals globals) =>
        new("recall", "Take unfit data back: see what rests on it, then shut that out and give its owners the task.") { Prepare(globals), Drill(globals), Confirm(globals) };

    private static Command Prepare(Globals globals)
    {
        var (dataset, version) = Data();
        var reason = new Option<string>("--reason") { Description = "Why the data must not be used any more", HelpName = "TEXT", Required = true };
        return new Command("prepare", "Show what a recall would reach. Nothing happens before it is confirmed.") { dataset, version, reason }.Runs(globals, (run, cancellationToken) => SendAsync(
            run, run.Required(dataset), new() { ["version"] = run.Given(version), ["reason"] = run.Required(reason) }, cancellationToken));
    }

    private static Command Drill(Globals globals)
    {
        var (dataset, version) = Data();
        return new Command("drill", "Do all of a recall but what has an effect, and record how long it takes.") { dataset, version }.Runs(globals, (run, cancellationToken) => SendAsync(
            run, run.Required(dataset), new() { ["version"] = run.Given(version), ["drill"] = true }, cancellationToken));
    }

    private static Command Confirm(Globals globals)
    {
        var dataset = new Argument<string>("DATASET") { Description = "The dataset" };
        var id = new Argument<string>("ID") { Description = "The recall, as `mlgov recall prepare` named it" };
        return new Command("confirm", "Withdraw the data and open a finding on every version that rests on it.") { dataset, id }.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"datasets/{run.Required(dataset)}/recalls/{run.Required(id)}/confirmation"), null, "recall", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value));
            return ExitCode.Ok;
        });
    }

    private static (Argument<string> Dataset, Option<string> Version) Data() =>
        (new("DATASET") { Description = "The dataset" }, new("--version") { Description = "Only this version; left out, all of them", HelpName = "VERSION" });

    private static async Task<int> SendAsync(Run run, string dataset, JsonObject body, CancellationToken cancellationToken)
    {
        if (body["version"] is null) body.Remove("version");
        var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"datasets/{dataset}/recalls"), body, "recall", cancellationToken);
        run.Show(answer, () =>
        {
            Write(run.Screen, answer.Json!.Value);
            if (answer.Json.Value.Of("recall")?.TextOf("state") == "prepared") run.Screen.Note($"Nothing has happened yet. To confirm: mlgov recall confirm {dataset} {answer.Json.Value.TextOf("id")}");
        });
        return ExitCode.Ok;
    }

    private static void Write(Screen screen, JsonElement answer)
    {
        var recall = answer.Of("recall") ?? default;
        screen.Say($"{recall.TextOf("state")}: {recall.TextOf("dataset")} {recall.TextOf("version")}, {recall.Of("reach")?.WholeOf("findings") ?? 0} versions to see to, worked out in {recall.WholeOf("tookMilliseconds") ?? 0} ms");
        if (answer.Of("impact") is { } impact) ImpactText.Write(screen, impact);
    }
}
