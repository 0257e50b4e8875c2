using System.Diagnostics;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Tests.Reports;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Reports on one core, as long as the goals say: a model report of 20 pages, and an audit report of 5,000 rows.</summary>
internal static class ReportScenario
{
    private const int WarmUp = 12, Measured = 15;

    public static Task RunAsync()
    {
        using var process = Process.GetCurrentProcess();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = 1;
        var model = Compliances.Motor(460);
        var before = Resident(process);
        var first = Timed(model, out var pages, out var bytes);
        var most = 0L;
        for (var i = 0; i < WarmUp; i++) Timed(model, out _, out _);
        List<double> times = [];
        for (var i = 0; i < Measured; i++)
        {
            times.Add(Timed(model, out _, out _));
            most = Math.Max(most, Resident(process));
        }

        times.Sort();
        LoadScenarios.Row($"model report, {pages} pages (≤ 300 ms)", $"first in a process {first:F0} ms, then {times[Measured / 2]:F0} ms, at most {times[^1]:F0} ms; {bytes / 1e3:F0} kB");
        LoadScenarios.Row("  memory (≤ 150 MB)", $"{process.PeakWorkingSet64 / 1e6:F0} MB at most resident, of which {before / 1e6:F0} MB before the first");
        var audit = OtherReports.Audit(5000);
        var cold = Timed(audit, out pages, out bytes);
        var warm = Enumerable.Range(0, 3).Select(_ => Timed(audit, out var _, out var _)).Order().ElementAt(1);
        LoadScenarios.Row($"audit report, 5,000 rows, {pages} pages (≤ 3 s)", $"first {cold / 1000:F2} s, then {warm / 1000:F2} s; {bytes / 1e3:F0} kB, {process.PeakWorkingSet64 / 1e6:F0} MB at most resident");
        return Task.CompletedTask;
    }

    private static double Timed(Report report, out int pages, out int bytes)
    {
        var started = Stopwatch.GetTimestamp();
        var written = ReportWriter.Write(report, ReportFormat.Pdf);
        (pages, bytes) = (written.Pages!.Value, written.Content.Length);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static long Resident(Process process)
    {
        process.Refresh();
        return process.WorkingSet64;
    }
}
