using System.Diagnostics;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Artifacts;

internal static class Shell
{
    /// <summary>What the script prints, run by <c>sh</c> in a folder. Fails with what it said on standard error.</summary>
    public static Task<string> RunAsync(string script, string folder) => RunAsync(folder, "sh", "-eu", "-c", script);

    /// <summary>What the program prints; it is ended after five minutes.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
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
