using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>The yardstick: single-row inserts, each durable by itself, by PostgreSQL's own load generator.</summary>
internal static partial class PgBench
{
    /// <summary>Inserts per second by exactly so many clients, or null where there is no pgbench.</summary>
    public static async Task<double?> InsertsAsync(string connection, int clients, TimeSpan time)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        if (Find() is not { } pgbench) return null;
        await using (var source = NpgsqlDataSource.Create(connection))
        await using (var create = source.CreateCommand("create table if not exists bench_rows (id bigint generated always as identity primary key, body text not null)"))
            await create.ExecuteNonQueryAsync();

        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"insert into bench_rows (body) values (repeat('x', 1000));\n");
        // Its clock runs while the clients connect, although its figure leaves that out; on a slow machine hundreds of them take longer than the whole measurement.
        var start = new ProcessStartInfo(pgbench, [
            "-n", "-f", script, "-c", $"{clients}", "-j", "2", "-T", $"{(int)time.TotalSeconds + (clients / 40)}", "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!, settings.Database!])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = settings.Password;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        File.Delete(script);
        // A client that could not connect is none: then the figure would be of fewer.
        if (process.ExitCode != 0 || Tps().Match(said[0]) is not { Success: true } tps) throw new InvalidOperationException($"pgbench with {clients} clients: {said[1]}{said[0]}");
        return double.Parse(tps.Groups["tps"].Value, CultureInfo.InvariantCulture);
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")) : [])
        .Select(d => Path.Combine(d, "pgbench")).FirstOrDefault(File.Exists);

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tps();
}
