using System.CommandLine;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>Runs the tests beside the policies.</summary>
internal static class TestPolicyCommand
{
    public static Command Create(Globals globals)
    {
        var folder = PolicyFolder.Argument();
        var format = Globals.Choice("--format", "Like --output, with one form more [default: that of --output]", "text", "json", "junit");
        return new Command(
            "test",
            "Run the tests of policies. Every rule must be seen passing and failing, and every rule turned round and every match condition dropped must break a test. Exit codes: 0 all of it holds, 1 it does not, 2 the documents cannot be read.")
        {
            folder, format,
        }.Runs(globals, (run, _) => Task.FromResult(Test(run, PolicyFolder.Read(run.Given(folder)), run.Given(format) ?? (run.IsJson ? "json" : "text"))));
    }

    private static int Test(Run run, PolicyFolder folder, string format)
    {
        var report = PolicyTests.RunAll(folder.SetOrFail(run.Screen), folder.Files);
        switch (format)
        {
            case "json": run.Screen.Raw(PolicyTestJson.Of(report).ToJsonString()); break;
            case "junit": run.Screen.Raw(JUnitReport.Of(report)); break;
            default: Show(run.Screen, folder, report); break;
        }

        return report.Results.Any(static r => r.Name.Length == 0) ? ExitCode.Usage : report.Passed ? ExitCode.Ok : ExitCode.Refused;
    }

    private static void Show(Screen screen, PolicyFolder folder, PolicyTestReport report)
    {
        foreach (var file in report.Results.GroupBy(static r => r.File, StringComparer.Ordinal))
        {
            var failed = file.Where(static r => !r.Passed).ToList();
            if (failed.Count == 0) screen.Say($"[green]ok[/]    {folder.Shown(file.Key)}  {PolicyFolder.Count(file.Count(), "case")}");
            else screen.Say($"[red]FAIL[/]  {folder.Shown(file.Key)}  {failed.Count} of {PolicyFolder.Count(file.Count(), "case")}");
            foreach (var result in failed)
            {
                screen.Say($"        {folder.At(result.File, result.Line, result.Column)}  {(result.Name.Length == 0 ? "cannot be read" : result.Name)}");
                foreach (var line in result.Error is { } error ? [error.Message] : result.Failures) screen.Say($"            {line}");
            }
        }

        foreach (var gap in report.Gaps)
            screen.Say($"[red]GAP[/]   {folder.At(gap.File, gap.Rule.Line, gap.Rule.Column)}  no passing case sees {gap.Rule.Id} {(gap.Missing == RuleOutcome.Pass ? "pass" : "fail")}");
        foreach (var mutant in report.Survivors)
            screen.Say($"[red]BLIND[/] {folder.At(mutant.File, mutant.Rule?.Line ?? 1, mutant.Rule?.Column ?? 1)}  {mutant.Change}, and no test noticed");
        var rules = report.Gaps.Select(static g => g.Rule.Id).Distinct(StringComparer.Ordinal).Count();
        screen.Say($"{PolicyFolder.Count(report.Results.Count, "case")}, {report.Results.Count(static r => !r.Passed)} failed; {PolicyFolder.Count(rules, "rule")} not covered; {report.Mutants} changes tried, {report.Survivors.Count} unnoticed");
    }
}
