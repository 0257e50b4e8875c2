using System.Diagnostics;
using System.Globalization;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Who stands behind the process number in a cluster's <c>postmaster.pid</c>.</summary>
internal enum PostmasterState
{
    /// <summary>No process, or one that has ended and was not yet collected by its parent.</summary>
    Gone,

    /// <summary>The server of this very cluster.</summary>
    Running,

    /// <summary>Another program, which got the number after our server's death.</summary>
    Stranger,

    /// <summary>The system does not tell.</summary>
    Unknown,
}

/// <summary>
/// A cluster's main process, as its <c>postmaster.pid</c> names it: process number, data folder, start (Unix seconds) and port are its first lines.
/// </summary>
internal sealed record LocalPostgresPostmaster(int ProcessId, string Cluster, DateTimeOffset Started, int Port)
{
    public static string LockFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Null if there is no such file, or one that a dying server left half-written.</summary>
    public static LocalPostgresPostmaster? Read(string cluster)
    {
        try
        {
            return File.ReadAllLines(LockFile(cluster)) is [var id, _, var started, var port, ..]
                && int.TryParse(id, CultureInfo.InvariantCulture, out var processId)
                && long.TryParse(started, CultureInfo.InvariantCulture, out var seconds)
                && int.TryParse(port, CultureInfo.InvariantCulture, out var number)
                ? new(processId, cluster, DateTimeOffset.FromUnixTimeSeconds(seconds), number)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Cheap enough to be asked several times a second. A process that has ended is not alive, even if it is still listed.</summary>
    public bool IsAlive()
    {
        if (OperatingSystem.IsLinux()) return LinuxStatus() is not (null or ('Z' or 'X', _));
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Running is answered only for a process that is PostgreSQL and works in this cluster's folder.</summary>
    public async Task<PostmasterState> LookAsync(CancellationToken cancellationToken) => true switch
    {
        _ when !IsAlive() => PostmasterState.Gone,
        _ when OperatingSystem.IsLinux() => LookOnLinux(),
        _ when OperatingSystem.IsWindows() => LookOnWindows(),
        _ => await LookWithPsAsync(cancellationToken),
    };

    /// <summary>
    /// Tells PostgreSQL that the named process is not its server, for the cases where it cannot know: the number went to a stranger, or the
    /// dead process stays listed. Only the number is replaced, by one that no process can have. The file's shared memory key stays, by
    /// which PostgreSQL still refuses to start beside remains of the old server.
    /// </summary>
    public void Disown()
    {
        var lines = File.ReadAllLines(LockFile(Cluster));
        lines[0] = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(LockFile(Cluster), string.Join('\n', lines) + "\n");
    }

    private PostmasterState LookOnLinux()
    {
        if (LinuxStatus() is not (_, var name)) return PostmasterState.Gone;
        if (name is not ("postgres" or "postmaster")) return PostmasterState.Stranger;
        try
        {
            return new DirectoryInfo($"/proc/{ProcessId}/cwd").LinkTarget is { } folder && folder == Cluster ? PostmasterState.Running : PostmasterState.Stranger;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return PostmasterState.Unknown;
        }
    }

    private PostmasterState LookOnWindows()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.ProcessName == "postgres" && (process.StartTime.ToUniversalTime() - Started.UtcDateTime).Duration() < TimeSpan.FromSeconds(10)
                ? PostmasterState.Running
                : PostmasterState.Stranger;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return PostmasterState.Unknown;
        }
    }

    private async Task<PostmasterState> LookWithPsAsync(CancellationToken cancellationToken)
    {
        var ps = await LocalPostgresCommand.RunAsync(
            "ps", ["-ww", "-o", "stat=,command=", "-p", ProcessId.ToString(CultureInfo.InvariantCulture)], "/", TimeSpan.FromSeconds(10), cancellationToken);
        return ps.Output.Trim() switch
        {
            "" => PostmasterState.Gone,
            ['Z', ..] => PostmasterState.Gone,
            var line when line.Contains("postgres", StringComparison.Ordinal) && line.Contains($"-D {Cluster} ", StringComparison.Ordinal) => PostmasterState.Running,
            _ => PostmasterState.Stranger,
        };
    }

    /// <summary>State and name from <c>/proc/N/stat</c>; the name stands in brackets and may itself contain some.</summary>
    private (char State, string Name)? LinuxStatus()
    {
        try
        {
            var status = File.ReadAllText($"/proc/{ProcessId}/stat");
            var (open, close) = (status.IndexOf('(', StringComparison.Ordinal), status.LastIndexOf(')'));
            return (status[close + 2], status[(open + 1)..close]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
