using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Server.Tests;

/// <summary>Runs the commands of a document, word for word: each ends with 0, but for as many as the text says end with 1.</summary>
internal static partial class DocumentedCommands
{
    public static async Task<string> RunAsync(string document, RunningServer server, string folder)
    {
        var text = await File.ReadAllTextAsync(Approved.InRepository(document), TestContext.Current.CancellationToken);
        var commands = string.Join('\n', Block().Matches(text).Select(m => m.Groups["code"].Value));
        var script = $"exec 2>&1\nset -o pipefail\ntrap 'echo \"@ended with $?: $BASH_COMMAND\" >&2' ERR\nmlgov() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "mlgov.dll")}' \"$@\"; }}\n{commands}";
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["MLGOV_SERVER"] = server.Address.ToString();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var failed = output.Split('\n').Where(line => line.StartsWith("@ended with ", StringComparison.Ordinal)).ToList();
        failed.Count.ShouldBe(ExitCode().Count(text), output);
        failed.ShouldAllBe(line => line.StartsWith("@ended with 1: ", StringComparison.Ordinal), output);
        return output;
    }

    [GeneratedRegex(@"\(exit code 1\)", RegexOptions.None, 1000)]
    private static partial Regex ExitCode();

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
