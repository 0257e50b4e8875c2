using System.Diagnostics;
using System.Globalization;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Makes, starts and stops the cluster in a folder that the caller holds.</summary>
internal sealed class LocalPostgresCluster(
    LocalPostgresFolder folder, LocalPostgresBinaries binaries, LocalPostgresAccount account, int maxConnections, ILogger log)
{
    public const string User = "governance";

    private const long LogLimit = 10 * 1024 * 1024;

    /// <summary>How long a start is tried again when what stands in its way may pass by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What the log says when a killed server's remains, or another program's port, are in the way.</summary>
    private static readonly string[] Passing = ["lock file", "shared memory", "could not bind"];

    /// <summary>Makes an empty cluster. It appears as a whole: an attempt that was cut short leaves none.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        var (unfinished, passwordFile) = (folder.Cluster + ".new", Path.Combine(folder.Home, "password"));
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        LocalPostgresFolder.WritePrivately(passwordFile, folder.NewPassword());
        try
        {
            await account.OwnAsync(passwordFile, cancellationToken);
            var made = await account.RunAsync(
                binaries.InitDb,
                ["-D", unfinished, "-U", User, "-A", "scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", "--locale=C", "--data-checksums"],
                folder.Home, TimeSpan.FromMinutes(5), cancellationToken);
            if (!made.Succeeded) throw new LocalPostgresUnavailableException($"The database cluster could not be made in {folder.Cluster}: {made.Said}");
            Directory.Move(unfinished, folder.Cluster);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>Answers when connections are accepted. A server of this cluster that still runs is stopped first.</summary>
    /// <param name="port">A free one is chosen when null.</param>
    /// <param name="cancellationToken">Ends the waiting between attempts; an attempt is never cut short.</param>
    public async Task<LocalPostgresPostmaster> StartAsync(int? port, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            await ClearTheWayAsync(cancellationToken);
            var since = TrimLog();
            var chosen = port ?? LoopbackPort.Free();
            var start = await RunAsync(TimeSpan.FromMinutes(6), "-w", "-t", "300", "-l", folder.Log, "-o", Settings(chosen), "start");
            if (start.Succeeded && LocalPostgresPostmaster.Read(folder.Cluster) is { } postmaster) return postmaster;

            var said = $"{start.Errors.Trim()} {LogSince(since)}".Trim();
            if (!Passing.Any(reason => said.Contains(reason, StringComparison.Ordinal)) || waiting.Elapsed > Patience)
                throw new LocalPostgresUnavailableException($"PostgreSQL did not start in {folder.Cluster}: {said}{HintAtLock()}");
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    /// <summary>Completes when the server has written everything and is gone; immediately if none runs.</summary>
    public async Task StopAsync()
    {
        if (LocalPostgresPostmaster.Read(folder.Cluster) is not { } postmaster
            || await postmaster.LookAsync(CancellationToken.None) is not PostmasterState.Running) return;

        var stop = await RunAsync(TimeSpan.FromSeconds(40), "-m", "fast", "-w", "-t", "30", "stop");
        if (!stop.Succeeded && postmaster.IsAlive())
            stop = await RunAsync(TimeSpan.FromSeconds(20), "-m", "immediate", "-w", "-t", "10", "stop");
        if (!stop.Succeeded && postmaster.IsAlive())
            throw new LocalPostgresUnavailableException($"The PostgreSQL server in {folder.Cluster} (process {postmaster.ProcessId}) does not stop: {stop.Said}");
    }

    private async Task ClearTheWayAsync(CancellationToken cancellationToken)
    {
        if (LocalPostgresPostmaster.Read(folder.Cluster) is not { } earlier) return;
        switch (await earlier.LookAsync(cancellationToken))
        {
            case PostmasterState.Running:
                log.LogInformation("Process {ProcessId} is an earlier server of {Cluster}; stopping it", earlier.ProcessId, folder.Cluster);
                await StopAsync();
                break;
            case PostmasterState.Gone or PostmasterState.Stranger when !OperatingSystem.IsWindows():
                earlier.Disown();
                break;
        }
    }

    private Task<LocalPostgresCommand> RunAsync(TimeSpan patience, params IEnumerable<string> arguments) =>
        account.RunAsync(binaries.PgCtl, ["-D", folder.Cluster, "-s", .. arguments], folder.Home, patience, CancellationToken.None);

    /// <summary>For a small machine, with nothing durable given away. Only the loopback address is listened on, and no socket file.</summary>
    private string Settings(int port) => string.Join(' ', new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["listen_addresses"] = "127.0.0.1",
        ["port"] = port.ToString(CultureInfo.InvariantCulture),
        ["unix_socket_directories"] = "",
        ["max_connections"] = maxConnections.ToString(CultureInfo.InvariantCulture),
        ["shared_buffers"] = "128MB",
        ["max_wal_size"] = "1GB",
        ["wal_compression"] = "on",
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["full_page_writes"] = "on",
        ["jit"] = "off",
        // A random read costs an SSD what a sequential one does. At the default, a projection that lags is given a plan that sorts all it has missed for every page.
        ["random_page_cost"] = "1.1",
    }.Select(setting => $"-c {setting.Key}={setting.Value}"));

    /// <summary>Answers the log's length. A log that has grown long starts again.</summary>
    private long TrimLog()
    {
        var file = new FileInfo(folder.Log);
        if (file is { Exists: true, Length: > LogLimit }) file.Delete();
        return file.Exists && file.Length <= LogLimit ? file.Length : 0;
    }

    private string LogSince(long position)
    {
        if (!File.Exists(folder.Log)) return "";
        using var stream = new FileStream(folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Min(position, stream.Length);
        using var reader = new StreamReader(stream);
        return string.Join(' ', reader.ReadToEnd().Split('\n').Where(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("HINT", StringComparison.Ordinal)
            || line.Contains("WARNING", StringComparison.Ordinal) || line.Contains("could not", StringComparison.Ordinal)).TakeLast(5));
    }

    private string HintAtLock() => LocalPostgresPostmaster.LockFile(folder.Cluster) is var left && File.Exists(left)
        ? $" If no PostgreSQL process uses this folder any more, remove {left} and start again."
        : "";
}
