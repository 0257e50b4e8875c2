using System.CommandLine;
using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Models;

namespace MLOpsGovernance.Cli.Approvals;

internal static class RevokeCommand
{
    public static Command Create(Globals globals)
    {
        var version = new VersionOptions();
        var approval = new Option<string>("--approval") { Description = "Id of the approval, as `mlgov status` shows it", HelpName = "ID", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why it no longer stands", HelpName = "TEXT", Required = true };
        var command = new Command("revoke", "Take an approval back. The gate sees it at once.");
        version.AddTo(command);
        command.Options.Add(approval);
        command.Options.Add(reason);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var id = run.Required(approval);
            var answer = await run.SendAsync(
                HttpMethod.Post, version.Path(run, "/approvals/" + ApiPath.Segment(id) + "/revocation"), new JsonObject { ["reason"] = run.Required(reason) }, "approvals", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"Revoked approval {id} of {version.Model(run)} version {version.Version(run)}."));
            return ExitCode.Ok;
        });
    }
}
