using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Models;

namespace MLOpsGovernance.Cli.Approvals;

internal static class RequestReviewCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var note = new Option<string>("--note") { Description = "What reviewers should know", HelpName = "TEXT" };
        var command = new Command("request-review", "Ask for the review of a model version.");
        version.AddTo(command);
        command.Options.Add(note);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject();
            if (run.Given(note) is { } text) body["note"] = text;
            var answer = await run.SendAsync(HttpMethod.Post, version.Path(run, "/reviews"), body, "review", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Review of {version.Model(run)} version {version.Version(run)} is open. People who had no hand in it may now approve or reject it."));
            return ExitCode.Ok;
        });
    }
}
