using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using MLOpsGovernance.Server.Storage;
using Npgsql;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>
/// The figures of docs/performance.md: database, server and load generator on one machine, fsync on, each beside pgbench at the same concurrency in the same run.
/// Only addresses of this machine are called, and every loop is bounded in time.
/// </summary>
internal static class LoadScenarios
{
    private static readonly string[] Known = ["start", "checks", "commands", "facts", "dossier", "tasks", "lineage", "advice", "past", "assessment", "reports"];

    public static async Task RunAsync(string[] which)
    {
        if (which.Except(Known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is no scenario; there are {string.Join(", ", Known)}.");
            Environment.ExitCode = 2;
            return;
        }

        var chosen = which.Length == 0 ? Known : which;
        Console.WriteLine($"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB");
        if (chosen.Contains("start", StringComparer.Ordinal)) await StartScenario.RunAsync();
        if (chosen.Contains("checks", StringComparer.Ordinal)) await CheckScenario.RunAsync();
        if (chosen.Contains("commands", StringComparer.Ordinal)) await CommandScenario.RunAsync();
        if (chosen.Contains("facts", StringComparer.Ordinal)) await FactsScenario.RunAsync();
        if (chosen.Contains("dossier", StringComparer.Ordinal)) await DossierScenario.RunAsync();
        if (chosen.Contains("tasks", StringComparer.Ordinal)) await TaskScenario.RunAsync();
        if (chosen.Contains("lineage", StringComparer.Ordinal)) await LineageScenario.RunAsync();
        if (chosen.Contains("advice", StringComparer.Ordinal)) await AdviceScenario.RunAsync();
        if (chosen.Contains("past", StringComparer.Ordinal)) await PastScenario.RunAsync();
        if (chosen.Contains("assessment", StringComparer.Ordinal)) await AssessmentScenario.RunAsync();
        if (chosen.Contains("reports", StringComparer.Ordinal)) await ReportScenario.RunAsync();
    }

    /// <summary>Room for as many clients of pgbench as a scenario has callers, beside the server.</summary>
    public static async Task<LocalPostgres> PostgresAsync(string folder) => await LocalPostgres.StartAsync(new(folder) { MayFetch = true, MaxConnections = 700 }, NullLogger.Instance, CancellationToken.None);

    /// <summary>The server's own pool stays as small as ever, however many connections PostgreSQL allows.</summary>
    public static string ForServer(LocalPostgres postgres) => new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = 80 }.ConnectionString;

    public static string TemporaryFolder() => Directory.CreateTempSubdirectory("mlgov-bench-").FullName;

    public static void Row(string what, FormattableString figures) => Console.WriteLine($"{what,-58} {figures.ToString(CultureInfo.InvariantCulture)}");
}
