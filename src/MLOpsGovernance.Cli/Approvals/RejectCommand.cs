using System.CommandLine;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Approvals;

internal static class RejectCommand
{
    public static Command Create(Globals globals)
    {
        var opinion = new OpinionOptions();
        var command = new Command("reject", "Reject a model version under review. It needs a new review then.");
        opinion.AddTo(command);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await opinion.SendAsync(run, "rejected", cancellationToken);
            run.Show(answer, () => run.Screen.Say($"[red]Rejected[/] {opinion.Subject(run)} as {opinion.Role(run)}. Opinion {answer.Json!.Value.TextOf("id")}."));
            return ExitCode.Ok;
        });
    }
}
