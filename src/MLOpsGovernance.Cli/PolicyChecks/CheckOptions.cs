using System.CommandLine;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>How the gate is asked, wherever a command asks it.</summary>
internal sealed class CheckOptions
{
    private readonly Option<TimeSpan> _wait = new("--wait")
    {
        Description = "Ask again for so long while only people's steps are missing",
        HelpName = "DURATION",
        CustomParser = Durations.Parse,
    };

    private readonly Option<bool> _failOnWarn = new("--fail-on-warn") { Description = "End with 4 when an advisory rule failed" };
    private readonly Option<string> _file = new("--decision-file") { Description = "Write the decision to this file, as JSON", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_failOnWarn);
        command.Options.Add(_file);
    }

    public bool AnyGiven(Run run) => run.Has(_wait) || run.Has(_failOnWarn) || run.Has(_file);

    /// <summary>The decision, and what a check that ends here ends with. The decision is in the file, but not yet shown.</summary>
    public async Task<(GateDecision Decision, int ExitCode)> AskAsync(Run run, Func<Task<CheckQuestion>> question, CancellationToken cancellationToken)
    {
        var file = new DecisionFile(run.Given(_file));
        var decision = await new GateKeeper(run).AskAsync(await question(), run.Given(_wait), cancellationToken);
        file.Write(decision.Answer.Body);
        return (decision, decision.ExitCode(run.Given(_failOnWarn)));
    }
}
