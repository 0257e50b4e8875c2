using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Server.Tests.Examples;

/// <summary>Runs the commands of the README's quick start and of its second part, word for word, against a server started as the README starts it.</summary>
public sealed partial class TheQuickStart(Database database)
{
    [Fact]
    public async Task Ends_with_an_allowed_deployment_whose_history_names_every_step()
    {
        var repository = Repository();
        var readme = await File.ReadAllTextAsync(Path.Combine(repository, "README.md"), TestContext.Current.CancellationToken);
        var section = QuickStart().Match(readme).Groups["text"].Value;
        var commands = string.Join('\n', Block().Matches(section).Select(m => m.Groups["code"].Value));
        commands.ShouldContain("mlgov --token dev:pipeline deploy");

        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(TheQuickStart)));
        var script = commands.Replace("http://127.0.0.1:5080", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var output = await RunAsync(repository, script, section,
            "mlgov --token dev:pipeline check --model iris-classifier --version 1", "mlgov --token dev:model-validator:ann approve --model iris-classifier --version 1");

        output.ShouldContain("denied  deploy iris-classifier version 1 to production");
        output.ShouldContain("approver-is-author");
        string[] steps =
        [
            "model registered", "model risk proposed", "model version registered", "policy checked", "review requested", "model risk confirmed", "attempt refused", "version approved",
            "policy checked", "model deployed",
        ];
        var history = output[output.LastIndexOf("model registered", StringComparison.Ordinal)..];
        var at = -1;
        foreach (var step in steps)
        {
            var next = history.IndexOf(step, at + 1, StringComparison.Ordinal);
            next.ShouldBeGreaterThan(at, $"'{step}' does not follow in:\n{output}");
            at = next;
        }

        await AppliedAgainAsync(repository, server, commands);
        await MondayAsync(repository, server, commands);
        var deployments = await server.As("dev:viewer").GetJsonAsync("/environments/production/deployments");
        deployments.Json!["items"]![0]!["model"]!.GetValue<string>().ShouldBe("iris-classifier");
    }

    /// <summary>Part 2 goes on where the quick start ends; the path and the server's address are set up as there.</summary>
    private static async Task MondayAsync(string repository, RunningServer server, string quickStart)
    {
        var monday = await File.ReadAllTextAsync(Path.Combine(repository, "docs", "examples", "iris", "monday.md"), TestContext.Current.CancellationToken);
        var script = SetUp(quickStart, server, [.. Block().Matches(monday).Select(m => m.Groups["code"].Value)]);

        var output = await RunAsync(repository, script, monday,
            "mlgov --token dev:contributor:ann confirm --model iris-classifier", "mlgov --token dev:model-validator:bob finding close --model iris-classifier");

        string[] said =
        [
            "ann proposed the class of iris-classifier; somebody else must confirm it", "Confirm the proposed risk class of iris-classifier", "Confirmed.", "Attached evaluation-report", "Approved iris-classifier version 2", "allowed with warnings  deploy iris-classifier version 2 to production", "Condition explain of iris-classifier version 2 is met.",
            "finding-closed-by-owner", "Closed finding", "is open again", "Confuses versicolor", "2 running, 1 different from what is on record", "bloom-predictor", "allowed  rollback iris-classifier version 1 to production",
            "risk confirmed", "evidence attached", "version validated", "condition met", "finding reopened", "model rolled back",
        ];
        var at = -1;
        foreach (var words in said)
        {
            var next = output.IndexOf(words, at + 1, StringComparison.Ordinal);
            next.ShouldBeGreaterThan(at, $"'{words}' does not follow in:\n{output}");
            at = next;
        }

        var dossier = (await World.Must(200, server.As("dev:viewer").GetJsonAsync("/models/iris-classifier/versions/2/dossier"))).Json!;
        dossier["version"]!["approvals"]![0].Text("validation").ShouldBe(dossier["version"]!["validations"]![0].Text("id"));
        dossier["version"]!["evidence"]!.AsArray().ShouldHaveSingleItem();
        dossier["environments"]![0]!["openFindings"]!.GetValue<int>().ShouldBe(1, "the model that nobody registered");
    }

    /// <summary>What is on record already is left alone: the manifest can be applied with every build.</summary>
    private static async Task AppliedAgainAsync(string repository, RunningServer server, string quickStart)
    {
        var apply = quickStart.Split('\n').Single(line => line.Contains("mlgov --token dev:contributor:ann apply", StringComparison.Ordinal));
        var before = await LastEventAsync(server);

        var output = await RunAsync(repository, SetUp(quickStart, server, apply), "");

        output.ShouldContain("Everything is on record already.");
        (await LastEventAsync(server)).ShouldBe(before, output);
    }

    private static async Task<long> LastEventAsync(RunningServer server) =>
        (await World.Must(200, server.As("dev:viewer").GetJsonAsync("/audit/events?order=desc&limit=1"))).Json!["items"]![0]!["sequence"]!.GetValue<long>();

    /// <summary>Commands with the path and the server's address set up as the quick start does it.</summary>
    private static string SetUp(string quickStart, RunningServer server, params string[] commands) =>
        string.Join('\n', [.. quickStart.Split('\n').Where(line => line.StartsWith("export ", StringComparison.Ordinal)), .. commands])
            .Replace("http://127.0.0.1:5080", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

    /// <summary>Runs the commands, each of which must end with 0, but for those that the text says end with 1.</summary>
    /// <param name="text">The document; it says "exit code 1" as often as a command ends so.</param>
    /// <param name="refused">How the commands begin that end with 1, in their order.</param>
    private static async Task<string> RunAsync(string folder, string script, string text, params string[] refused)
    {
        // Bash tells of every command that does not end with 0, in pipes and substitutions too.
        var output = await BashAsync(folder, $"exec 2>&1\nset -E -o pipefail\ntrap 'echo \"@ended with $?: $BASH_COMMAND\" >&2' ERR\n{script}");
        var failed = output.Split('\n').Where(line => line.StartsWith("@ended with ", StringComparison.Ordinal)).ToList();
        failed.Count.ShouldBe(refused.Length, output);
        foreach (var (line, command) in failed.Zip(refused)) line.ShouldStartWith($"@ended with 1: {command}");
        ExitCode().Count(text).ShouldBe(refused.Length, "what ends with 1 is said in the text");
        return output;
    }

    private static async Task<string> BashAsync(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        // Build servers that outlive the script would keep its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MLOpsGovernance.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("## Quick start\n(?<text>.*?)\n## ", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuickStart();

    [GeneratedRegex(@"\(exit code 1\)", RegexOptions.None, 1000)]
    private static partial Regex ExitCode();

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
