using System.Diagnostics;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

internal static class Shell
{
    /// <summary>What the script prints, run by <c>sh</c> in a folder. Fails with what it said on standard error.</summary>
    public static Task<string> RunAsync(string script, string folder) => RunAsync(folder, "sh", "-eu", "-c", script);

    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}{await error}");
        return await output;
    }
}
