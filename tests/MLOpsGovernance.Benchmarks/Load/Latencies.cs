using System.Diagnostics;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>Calls made by so many callers for so long, and how long each took.</summary>
internal sealed record Latencies(double PerSecond, double P50, double P99, double Max, int Failures)
{
    /// <summary>Runs <paramref name="call"/> in closed loops, one for each caller, first to warm up and then to measure.</summary>
    /// <param name="call">Answers whether it succeeded; gets the caller's number.</param>
    public static async Task<Latencies> MeasureAsync(int callers, TimeSpan warmUp, TimeSpan measured, Func<int, Task<bool>> call)
    {
        var (begin, end) = (Stopwatch.GetTimestamp() + Ticks(warmUp), Stopwatch.GetTimestamp() + Ticks(warmUp + measured));
        var loops = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var (times, failures) = (new List<long>(), 0);
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                if (started >= end) return (times, failures);
                var ok = await call(caller);
                var finished = Stopwatch.GetTimestamp();
                if (started < begin || finished >= end) continue;
                if (ok) times.Add(finished - started);
                else failures++;
            }
        })));
        var all = loops.SelectMany(l => l.times).Order().ToArray();
        return all.Length == 0
            ? new(0, 0, 0, 0, loops.Sum(l => l.failures))
            : new(all.Length / measured.TotalSeconds, At(all, 0.5), At(all, 0.99), At(all, 1), loops.Sum(l => l.failures));
    }

    private static double At(long[] sorted, double quantile) => Stopwatch.GetElapsedTime(0, sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))]).TotalMilliseconds;

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
