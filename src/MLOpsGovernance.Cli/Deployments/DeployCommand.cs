using System.CommandLine;
using MLOpsGovernance.Cli.Artifacts;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.PolicyChecks;

namespace MLOpsGovernance.Cli.Deployments;

internal static class DeployCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var environment = CheckCommand.Environment();
        var decision = new Option<string>("--decision") { Description = "Id of the decision that allows it; without one the gate is asked first", HelpName = "ID" };
        var artifact = new ArtifactOptions();
        var action = Globals.Choice("--action", "What to ask the gate for [default: deploy]", "deploy", "promote");
        var stage = CheckCommand.Stage();
        var check = new CheckOptions();
        var command = new Command("deploy", "Record a deployment on an allowed decision. Without --decision the gate is asked first, and nothing is recorded unless it allows.");
        version.AddTo(command);
        command.Options.Add(environment);
        command.Options.Add(decision);
        artifact.AddTo(command);
        command.Options.Add(action);
        command.Options.Add(stage);
        check.AddTo(command);

        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var target = new DeploymentTarget(version.Model(run), version.Version(run), run.Required(environment));
            if (!run.Has(decision))
            {
                return await target.CheckAndRecordAsync(
                    run, check, async () => target.Question(run.Given(action) ?? "deploy", await artifact.DigestAsync(run, cancellationToken), run.Given(stage)), cancellationToken);
            }

            if (artifact.AnyGiven(run) || run.Has(action) || run.Has(stage) || check.AnyGiven(run))
                throw CommandFailedException.Usage("With --decision the gate has answered already. Leave out --artifact, --digest, --image, --action, --stage, --wait, --fail-on-warn and --decision-file, or leave out --decision.");
            return await target.RecordAsync(run, run.Required(decision), cancellationToken);
        });
    }
}
