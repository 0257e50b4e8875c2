using System.Diagnostics;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Tests.Advisor;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Buy or build over all 15,625 portfolios with 10,000 draws: the first time in a process, as a caller sees it, and again.</summary>
internal static class AdviceScenario
{
    private const int Again = 5;

    public static Task RunAsync()
    {
        var before = GC.GetTotalAllocatedBytes();
        var first = Seconds();
        var allocated = GC.GetTotalAllocatedBytes() - before;
        var again = Enumerable.Range(0, Again).Select(_ => Seconds()).Order().ElementAt(Again / 2);
        LoadScenarios.Row("advice, 15,625 portfolios x 10,000 runs (≤ 3 s)", $"first {first:F2} s, then {again:F2} s");
        using var process = Process.GetCurrentProcess();
        LoadScenarios.Row("  memory (≤ 500 MB)", $"{allocated / 1e6:F0} MB allocated, {process.PeakWorkingSet64 / 1e6:F0} MB at most resident");
        return Task.CompletedTask;
    }

    private static double Seconds()
    {
        var started = Stopwatch.GetTimestamp();
        if (Advice.Of(AdvisorPlatforms.Usual with { Runs = 10_000 }).Feasibility.All.Count != 15_625) throw new InvalidOperationException("Not every portfolio was looked at.");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
