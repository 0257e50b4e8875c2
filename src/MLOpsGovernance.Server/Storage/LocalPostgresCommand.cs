using System.ComponentModel;
using System.Diagnostics;

namespace MLOpsGovernance.Server.Storage;

/// <summary>What a finished program left behind. <see cref="Said"/> is what it wrote, errors last.</summary>
internal sealed record LocalPostgresCommand(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    public string Said => $"{Output.Trim()}\n{Errors.Trim()}".Trim();

    /// <summary>Runs a program to its end. A cancelled or overdue one is killed with all that it started.</summary>
    public static async Task<LocalPostgresCommand> RunAsync(
        string program, IEnumerable<string> arguments, string workingFolder, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A caller's PGDATA or PGOPTIONS must not reach our cluster, and we read what the programs say.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            return new(-1, "", $"{program} cannot be run: {e.Message}");
        }

        using (process) return await FinishAsync(process, program, patience, cancellationToken);
    }

    /// <summary>The full path of a program, as the shell would find it.</summary>
    public static string? Find(string program, params IEnumerable<string> furtherFolders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(furtherFolders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static async Task<LocalPostgresCommand> FinishAsync(Process process, string program, TimeSpan patience, CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var overdue = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        overdue.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(overdue.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return new(-1, "", $"{Path.GetFileName(program)} did not finish within {patience.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        // On Windows a server that the program left running holds the pipes open: the end of the stream may never come.
        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None));
        return new(process.ExitCode, Finished(output), Finished(errors));
    }

    private static string Finished(Task<string> text) => text.IsCompletedSuccessfully ? text.Result : "";
}
