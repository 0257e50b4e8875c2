using System.CommandLine;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Validations;

namespace MLOpsGovernance.Cli.Approvals;

internal static class ApproveCommand
{
    public static Command Create(Globals globals)
    {
        var opinion = new OpinionOptions();
        var until = new Option<string>("--valid-until") { Description = "When the approval ends, RFC 3339: 2027-06-30T00:00:00Z [default: the longest allowed]", HelpName = "TIME" };
        var command = new Command("approve", "Approve a model version under review. It holds for the digests the version has now.");
        var validation = new Option<string>("--validation") { Description = "Id of the validation that it rests on", HelpName = "ID" };
        var conditions = new ConditionOption();
        opinion.AddTo(command);
        command.Options.Add(until);
        command.Options.Add(validation);
        conditions.AddTo(command);
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var answer = await opinion.SendAsync(run, run.Given(until), run.Given(validation), conditions.Of(run), cancellationToken);
            run.Show(answer, () => run.Screen.Say(
                $"[green]Approved[/] {opinion.Subject(run)} as {opinion.Role(run)}, valid until {answer.Json!.Value.TextOf("validUntil")}. Approval {answer.Json!.Value.TextOf("id")}."));
            return ExitCode.Ok;
        });
    }
}
