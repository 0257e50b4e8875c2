using System.Diagnostics;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>How long until the server is ready: on nothing, and on the database it left.</summary>
internal static class StartScenario
{
    public static async Task RunAsync()
    {
        var folder = LoadScenarios.TemporaryFolder();
        var clock = Stopwatch.StartNew();
        await using (await ServerProcess.StartAsync(folder, null)) LoadScenarios.Row("ready, empty machine (target 15 s)", $"{clock.Elapsed.TotalSeconds:F1} s");
        for (var run = 1; run <= 3; run++)
        {
            clock.Restart();
            await using (await ServerProcess.StartAsync(folder, null)) LoadScenarios.Row($"ready, existing database, run {run} (target 5 s)", $"{clock.Elapsed.TotalSeconds:F1} s");
        }

        Directory.Delete(folder, recursive: true);
    }
}
