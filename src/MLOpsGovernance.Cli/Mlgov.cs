using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using MLOpsGovernance.Cli.Approvals;
using MLOpsGovernance.Cli.Artifacts;
using MLOpsGovernance.Cli.Audit;
using MLOpsGovernance.Cli.BuyOrBuild;
using MLOpsGovernance.Cli.Classification;
using MLOpsGovernance.Cli.Compliance;
using MLOpsGovernance.Cli.Deployments;
using MLOpsGovernance.Cli.Evidence;
using MLOpsGovernance.Cli.Findings;
using MLOpsGovernance.Cli.Lineage;
using MLOpsGovernance.Cli.Manifests;
using MLOpsGovernance.Cli.Maturity;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.Monitoring;
using MLOpsGovernance.Cli.Observations;
using MLOpsGovernance.Cli.Policies;
using MLOpsGovernance.Cli.PolicyChecks;
using MLOpsGovernance.Cli.Readiness;
using MLOpsGovernance.Cli.Recalls;
using MLOpsGovernance.Cli.Recertification;
using MLOpsGovernance.Cli.Reports;
using MLOpsGovernance.Cli.ServingManifests;
using MLOpsGovernance.Cli.Tasks;
using MLOpsGovernance.Cli.Validations;
using MLOpsGovernance.Cli.Verification;
using MLOpsGovernance.Cli.Waivers;

namespace MLOpsGovernance.Cli;

/// <summary>The command line: every command, in the order in which a model meets them.</summary>
internal static class Mlgov
{
    private const int HelpWidth = 120;

    public static string Version { get; } =
        typeof(Mlgov).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static Command Create(Surroundings around)
    {
        var globals = new Globals(around);
        // Not a RootCommand: that one is named after the process, which in a test or under `dotnet` is another.
        var root = new Command("mlgov", "Registers models and data, asks the gate, records reviews and deployments, reads the history.")
        {
            ApplyCommand.Create(globals),
            DigestCommand.Create(globals),
            AttachCommand.Create(globals),
            RequestReviewCommand.Create(globals),
            ConfirmCommand.Create(globals),
            ValidateCommand.Create(globals),
            ApproveCommand.Create(globals),
            RejectCommand.Create(globals),
            RevokeCommand.Create(globals),
            FulfilCommand.Create(globals),
            FindingCommand.Create(globals),
            WaiverCommand.Create(globals),
            TasksCommand.Create(globals),
            RecertifyCommand.Create(globals),
            StatusCommand.Create(globals),
            ReportCommand.Create(globals),
            ReadinessCommand.Create(globals),
            CheckCommand.Create(globals),
            DeployCommand.Create(globals),
            OutcomeCommand.Create(globals),
            RollbackCommand.Create(globals),
            ServingManifestCommand.Create(globals),
            ObserveCommand.Create(globals),
            MonitoringCommand.Create(globals),
            ComplianceCommand.Create(globals),
            LineageCommand.Create(globals),
            RecallCommand.Create(globals),
            HistoryCommand.Create(globals),
            AuditCommand.Create(globals),
            VerifyCommand.Create(globals),
            PolicyCommand.Create(globals),
            AssessCommand.Create(globals),
            AdviseCommand.Create(globals),
        };
        globals.AddTo(root);
        root.Options.Add(new VersionOption { Description = "Show the version of mlgov", Action = new ShowVersion() });
        root.Options.Add(new HelpOption { Description = "Show help", Action = new HelpAction { MaxWidth = HelpWidth } });
        return root;
    }

    /// <summary>Never throws: whatever goes wrong becomes an exit code and a sentence.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings around, CancellationToken cancellationToken = default)
    {
        // Without the replacer a reason may begin with '@'.
        var parsed = Create(around).Parse(args, new() { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction error) error.ShowHelp = false;
        try
        {
            var exitCode = await parsed.InvokeAsync(
                new() { Output = parsed.Action is ParseErrorAction ? around.Error : around.Output, Error = around.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = around.EndsWithin }, cancellationToken);
            if (parsed.Errors.Count == 0 || parsed.Action is not ParseErrorAction) return exitCode;

            around.Error.WriteLine($"See '{string.Join(' ', Names(parsed.CommandResult))} --help'.");
            return ExitCode.Usage; // the parser's own code is 1, which would be a denial
        }
        catch (CommandFailedException e)
        {
            return Fail(around, e.ExitCode, e.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(around, ExitCode.NoAnswer, "Interrupted.");
        }
        catch (Exception e)
        {
            return Fail(around, ExitCode.NoAnswer, $"{e.Message} (unexpected {e.GetType().Name}; please report it)");
        }
    }

    private static int Fail(Surroundings around, int exitCode, string message)
    {
        try
        {
            new Screen(around).Fail(message);
        }
        catch (IOException)
        {
            // Nobody reads: the exit code is all that is left to say.
        }

        return exitCode;
    }

    private static IEnumerable<string> Names(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? [.. Names(parent), command.Command.Name] : [command.Command.Name];

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Version);
            return ExitCode.Ok;
        }
    }
}
