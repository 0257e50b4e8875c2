using System.CommandLine;
using System.Text.Json;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.PolicyChecks;

namespace MLOpsGovernance.Cli.Compliance;

/// <summary>Whether what runs would still be let in.</summary>
internal static class ComplianceCommand
{
    public static Command Create(Globals globals) => new("compliance", "Judge everything that runs again by the policies in force, and show what does not hold.") { Run(globals), Show(globals) };

    private static Command Run(Globals globals) => new Command("run", "Judge everything that runs now. Each new failure opens one finding; nothing is stopped unless a policy says so.").Runs(globals, async (run, cancellationToken) =>
    {
        var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"compliance/runs"), null, "run", cancellationToken);
        run.Show(answer, () => Write(run.Screen, answer.Json!.Value, "results"));
        return ExitCode.Ok;
    });

    private static Command Show(Globals globals)
    {
        var model = new Option<string>("--model") { Description = "Only what runs of this model", HelpName = "NAME" };
        var environment = new Option<string>("--environment") { Description = "Only what runs there", HelpName = "NAME" };
        var failing = new Option<bool>("--failing") { Description = "Only what the gate would not let in now" };
        return new Command("show", "Show what the latest run found.") { model, environment, failing }.Runs(globals, async (run, cancellationToken) =>
        {
            List<string> query = ["limit=500"];
            if (run.Given(model) is { } name) query.Add($"model={Uri.EscapeDataString(name)}");
            if (run.Given(environment) is { } place) query.Add($"environment={Uri.EscapeDataString(place)}");
            if (run.Given(failing)) query.Add("compliant=false");
            var answer = await run.ReadAsync(ApiPath.Of($"compliance/estate") + $"?{string.Join('&', query)}", "items", cancellationToken);
            run.Show(answer, () => Write(run.Screen, answer.Json!.Value, "items"));
            return ExitCode.Ok;
        });
    }

    private static void Write(Screen screen, JsonElement answer, string items)
    {
        if (answer.Of("run") is not { } run)
        {
            screen.Say($"Nothing was judged yet.");
            return;
        }

        screen.Say($"{run.TextOf("trigger")} run {run.TextOf("id")} at {run.TextOf("endedAt")}: {run.WholeOf("deployments") ?? 0} running, {run.WholeOf("failing") ?? 0} not to be let in now, {run.WholeOf("opened") ?? 0} new findings, {run.WholeOf("vanished") ?? 0} remedied{(run.WholeOf("takedowns") is > 0 and var down ? $", {down} to be taken down" : "")}");
        foreach (var d in answer.EachOf(items))
        {
            var what = $"{d.TextOf("model")} version {d.WholeOf("version") ?? 0} in {d.TextOf("environment")}";
            if (d.FlagOf("compliant") is true) screen.Say($"  [green]holds[/]  {what}");
            else screen.Say($"  [red]fails[/]  {what}");
            if (d.TextOf("takedownAskedAt") is { } asked) screen.Say($"        [red]to be taken down[/], since {asked}");
            Failures(screen, [.. d.EachOf("failures")]);
            foreach (var rule in d.TextsOf("waived")) screen.Say($"        [yellow]waived[/]  {rule}");
        }
    }

    /// <summary>What would keep it out first, and what only warns by name, so that it does not bury the rest.</summary>
    private static void Failures(Screen screen, IReadOnlyList<JsonElement> failures)
    {
        foreach (var f in failures.Where(f => !Warns(f)))
        {
            screen.Say($"        [red]{f.TextOf("result")}[/]  {f.TextOf("policy")}/{f.TextOf("rule")}: {f.TextOf("message")?.TrimEnd('.')}{Finding(f)}");
            foreach (var step in f.EachOf("missing").Select(MissingLine.Of)) screen.Say($"          missing: {step.What} ({step.Who})");
        }

        foreach (var some in failures.Where(Warns).GroupBy(f => (Policy: f.TextOf("policy"), Finding: Finding(f))))
            screen.Say($"        [yellow]warning[/]  {some.Key.Policy}: {string.Join(", ", some.Select(f => f.TextOf("rule")))}{some.Key.Finding}");
    }

    private static bool Warns(JsonElement failure) => failure.TextOf("level") == "advisory";

    private static string Finding(JsonElement failure) => failure.TextOf("finding") is { } finding ? $"; finding {finding}" : "";
}
