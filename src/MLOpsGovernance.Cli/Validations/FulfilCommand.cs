using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Models;

namespace MLOpsGovernance.Cli.Validations;

internal static class FulfilCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var condition = new Option<string>("--condition") { Description = "Id of the condition", HelpName = "ID", Required = true };
        var reason = new Option<string>("--reason") { Description = "What was done, or seen", HelpName = "TEXT", Required = true };
        var evidence = new Option<string[]>("--evidence") { Description = "Digest of what shows it, sha256:…; once for each", HelpName = "DIGEST" };
        var confirm = new Option<bool>("--confirm") { Description = "Agree, as somebody other than its owner, that it is met" };
        var command = new Command("fulfil", "Say that your condition on a model version is fulfilled, or agree that somebody else's is.");
        version.AddTo(command);
        foreach (var option in new Option[] { condition, reason, evidence, confirm }) command.Options.Add(option);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var (id, agrees) = (run.Required(condition), run.Given(confirm));
            var body = new JsonObject { ["reason"] = run.Required(reason) };
            if (run.Given(evidence) is [_, ..] digests)
            {
                if (agrees) throw CommandFailedException.Usage("Evidence is given by the owner of the condition; --confirm takes none.");
                body["evidence"] = new JsonArray([.. digests.Select(d => (JsonNode)d)]);
            }

            var answer = await run.SendAsync(HttpMethod.Post, version.Path(run, $"/conditions/{Uri.EscapeDataString(id)}/{(agrees ? "confirmation" : "fulfilment")}"), body, "conditions", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Condition {id} of {version.Model(run)} version {version.Version(run)} is {(agrees ? "met" : "reported as fulfilled; somebody else has yet to confirm it")}."));
            return ExitCode.Ok;
        });
    }
}
