using System.CommandLine;

namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>A decision as other programs read it. It goes to standard output; what people read goes to standard error then, so that a log still shows it.</summary>
internal sealed class CheckFormat
{
    private readonly Option<string> _format = Globals.Choice("--format", "A report for other programs on standard output, the text on standard error", "sarif", "junit");

    public void AddTo(Command command) => command.Options.Add(_format);

    /// <exception cref="CommandFailedException">Two formats were asked for at once.</exception>
    public void Check(Run run)
    {
        if (run.Has(_format) && run.IsJson) throw CommandFailedException.Usage("--format and --output json both say what goes to standard output. Leave one of them out.");
    }

    public void Show(Run run, GateDecision decision, CheckQuestion question, int exitCode)
    {
        if (!run.Has(_format))
        {
            run.Show(decision.Answer, () => DecisionText.Write(run.Screen, decision, question));
            return;
        }

        DecisionText.Write(new(run.Around with { Output = run.Around.Error, OutputIsTerminal = run.Around.ErrorIsTerminal }), decision, question);
        run.Screen.Raw(run.Required(_format) == "sarif" ? SarifReport.Of(decision, question, exitCode) : JUnitReport.Of(decision, question));
    }
}
