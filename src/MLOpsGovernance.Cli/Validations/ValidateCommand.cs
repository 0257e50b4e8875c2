using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;

namespace MLOpsGovernance.Cli.Validations;

internal static class ValidateCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var scope = new Option<string>("--scope") { Description = "What was looked at", HelpName = "TEXT", Required = true };
        var conclusion = new Option<string>("--conclusion") { Description = "fit, fit-with-conditions or unfit", HelpName = "WORD", Required = true };
        var limitations = new Option<string>("--limitations") { Description = "What it does not cover", HelpName = "TEXT" };
        var evidence = new Option<string[]>("--evidence") { Description = "Digest of a document that it rests on, sha256:…; once for each", HelpName = "DIGEST" };
        var until = new Option<string>("--valid-until") { Description = "When it counts no more, RFC 3339 [default: as the model's tier says]", HelpName = "TIME" };
        var conditions = new ConditionOption();
        var command = new Command("validate", "Record what a validation of a model version found. It is no approval; an approval may rest on it.");
        version.AddTo(command);
        foreach (var option in new Option[] { scope, conclusion, limitations, evidence, until }) command.Options.Add(option);
        conditions.AddTo(command);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var body = new JsonObject { ["scope"] = run.Required(scope), ["conclusion"] = run.Required(conclusion) };
            if (run.Given(limitations) is { } limits) body["limitations"] = limits;
            if (run.Given(evidence) is [_, ..] digests) body["evidence"] = new JsonArray([.. digests.Select(d => (JsonNode)d)]);
            if (run.Given(until) is { } end) body["validUntil"] = end;
            if (conditions.Of(run) is { } demanded) body["conditions"] = demanded;
            var answer = await run.SendAsync(HttpMethod.Post, version.Path(run, "/validations"), body, "id", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Validated {version.Model(run)} version {version.Version(run)}: {run.Required(conclusion)}. Validation {answer.Json!.Value.TextOf("id")}."));
            return ExitCode.Ok;
        });
    }
}
