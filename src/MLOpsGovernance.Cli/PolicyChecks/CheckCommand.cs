using System.CommandLine;
using MLOpsGovernance.Cli.Artifacts;
using MLOpsGovernance.Cli.Models;

namespace MLOpsGovernance.Cli.PolicyChecks;

internal static class CheckCommand
{
    public static Option<string> Environment() => new("--environment") { Description = "Where it is to run", HelpName = "NAME", Required = true };

    public static Option<string> Stage() => Globals.Choice("--stage", "How much of the traffic it is to answer [default: full]", "shadow", "canary", "full");

    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var environment = Environment();
        var artifact = new ArtifactOptions();
        var action = Globals.Choice("--action", "What is to be done [default: deploy]", "deploy", "promote", "rollback");
        var stage = Stage();
        var dryRun = new Option<bool>("--dry-run") { Description = "For pull requests: nothing can be deployed on the decision, and a no is not counted as a denial" };
        var (check, format) = (new CheckOptions(), new CheckFormat());
        var command = new Command(
            "check",
            "Ask the gate whether a model version may be deployed. Exit codes: 0 allowed, 1 denied, 2 wrong usage or credential, 3 no decision, 4 warnings with --fail-on-warn.");
        version.AddTo(command);
        command.Options.Add(environment);
        artifact.AddTo(command);
        command.Options.Add(action);
        command.Options.Add(stage);
        command.Options.Add(dryRun);
        check.AddTo(command);
        format.AddTo(command);

        return command.Runs(globals, async (run, cancellationToken) =>
        {
            format.Check(run);
            CheckQuestion? asked = null;
            var (decision, exitCode) = await check.AskAsync(run, async () => asked = new(
                version.Model(run), version.Version(run), run.Required(environment), run.Given(action) ?? "deploy",
                await artifact.DigestAsync(run, cancellationToken), run.Given(dryRun), run.Given(stage)), cancellationToken);
            format.Show(run, decision, asked!, exitCode);
            return exitCode;
        });
    }
}
