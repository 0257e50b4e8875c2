using System.CommandLine;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.PolicyChecks;

namespace MLOpsGovernance.Cli.Readiness;

internal static class ReadinessCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var environment = CheckCommand.Environment();
        var action = Globals.Choice("--action", "What is to be done [default: deploy]", "deploy", "promote", "rollback");
        var stage = CheckCommand.Stage();
        var command = new Command("readiness", "Show what is missing before a model version may go to an environment. Records nothing. Ends with 0 where the gate would allow it, else with 1.");
        version.AddTo(command);
        command.Options.Add(environment);
        command.Options.Add(action);
        command.Options.Add(stage);

        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var query = $"/readiness?environment={Uri.EscapeDataString(run.Required(environment))}&action={run.Given(action) ?? "deploy"}{(run.Given(stage) is { } part ? $"&stage={part}" : "")}";
            var answer = await run.ReadAsync(version.Path(run, query), "ready", cancellationToken);
            var readiness = answer.Json!.Value;
            run.Show(answer, () => Write(run.Screen, readiness));
            return readiness.FlagOf("ready") is true ? ExitCode.Ok : readiness.TextOf("outcome") == GateDecision.Error ? ExitCode.NoAnswer : ExitCode.Refused;
        });
    }

    private static void Write(Screen screen, JsonElement readiness)
    {
        var what = $"{readiness.TextOf("action")} {readiness.TextOf("model")} version {readiness.WholeOf("version") ?? 0} to {readiness.TextOf("environment")}";
        if (readiness.FlagOf("ready") is true) screen.Say($"[green]ready[/]  {what}");
        else screen.Say($"[red]not ready[/]  {what}");
        DecisionText.Rules(screen, [.. readiness.EachOf("rules").Select(RuleLine.Of)], readiness.TextOf("code"));
        foreach (var (name, value) in readiness.PairsOf("annotations")) screen.Say($"  {name}: {value}");
        screen.Say($"  as of {readiness.TextOf("asOf")}; nothing was recorded");
    }
}
