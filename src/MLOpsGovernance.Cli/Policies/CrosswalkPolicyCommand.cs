using System.CommandLine;
using MLOpsGovernance.Policy.Crosswalk;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Lays open which controls the policies of a set support, and which not.</summary>
internal static class CrosswalkPolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = PolicyFolder.Argument();
        return new Command("crosswalk", "Write, as Markdown, which rules support which controls of which framework, what they look at, and what no rule sees. Exit codes: 0 done, 2 the documents cannot be read.")
        {
            folder,
        }.Runs(globals, (run, _) =>
        {
            run.Screen.Raw(PolicyCrosswalk.Of(PolicyFolder.Read(run.Given(folder)).SetOrFail(run.Screen)).TrimEnd());
            return Task.FromResult(ExitCode.Ok);
        });
    }
}
