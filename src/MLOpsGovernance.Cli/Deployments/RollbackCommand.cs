using System.CommandLine;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.PolicyChecks;

namespace MLOpsGovernance.Cli.Deployments;

internal static class RollbackCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var environment = CheckCommand.Environment();
        var check = new CheckOptions();
        var command = new Command("rollback", "Go back to an earlier version: asks the gate for a rollback with the digest on record, and records the deployment when it allows.");
        version.AddTo(command);
        command.Options.Add(environment);
        check.AddTo(command);

        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var target = new DeploymentTarget(version.Model(run), version.Version(run), run.Required(environment));
            return await target.CheckAndRecordAsync(run, check, async () =>
            {
                var registered = await run.ReadAsync(version.Path(run), "artifactDigest", cancellationToken);
                return target.Question("rollback", registered.Json!.Value.TextOf("artifactDigest")
                    ?? throw CommandFailedException.NoAnswer("The server shows the version without a digest, so the gate cannot be asked."));
            }, cancellationToken);
        });
    }
}
