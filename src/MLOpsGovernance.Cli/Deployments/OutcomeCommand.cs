using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Deployments;

internal static class OutcomeCommand
{
    public static Command Create(Globals globals)
    {
        var model = new Option<string>("--model") { Description = "Name of the model", HelpName = "NAME", Required = true };
        var deployment = new Option<string>("--deployment") { Description = "Id of the deployment", HelpName = "ID", Required = true };
        var result = Globals.Choice("--result", "How it went", "succeeded", "failed");
        result.Required = true;
        var reason = new Option<string>("--reason") { Description = "Why, or what was seen", HelpName = "TEXT" };
        var evidence = new Option<string[]>("--evidence") { Description = "Digest of what shows it, sha256:…; once for each", HelpName = "DIGEST" };
        var ended = new Option<bool>("--ended") { Description = "The shadow or canary was taken down; one that failed always is" };
        return new Command("outcome", "Say how a deployment went. A shadow or canary that failed ends with it.") { model, deployment, result, reason, evidence, ended }.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject { ["outcome"] = run.Given(result) };
            if (run.Given(reason) is { } why) body["reason"] = why;
            if (run.Given(evidence) is [_, ..] digests) body["evidence"] = new JsonArray([.. digests.Select(d => (JsonNode)d)]);
            if (run.Given(ended)) body["ended"] = true;
            var answer = await run.SendAsync(HttpMethod.Post, ApiPath.Of($"models/{run.Required(model)}/deployments/{run.Required(deployment)}") + "/outcome", body, "id", cancellationToken);
            var recorded = answer.Json!.Value;
            run.Show(answer, () => run.Screen.Say($"Deployment {recorded.TextOf("id")} of {run.Required(model)} {run.Given(result)}{(recorded.TextOf("endedAt") is { } at ? $"; it ended at {at}" : "")}."));
            return ExitCode.Ok;
        });
    }
}
