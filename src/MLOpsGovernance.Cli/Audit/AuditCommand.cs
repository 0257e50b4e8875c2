using System.CommandLine;
using System.Text;
using MLOpsGovernance.Cli.AuditSamples;
using MLOpsGovernance.Cli.Connection;
using MLOpsGovernance.Cli.Verification;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Mirrors;
using MLOpsGovernance.Evidence.Notes;

namespace MLOpsGovernance.Cli.Audit;

/// <summary>Takes the log along.</summary>
internal static class AuditCommand
{
    public static Command Create(Globals globals)
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where the copy lies; what is there already is not fetched again" };
        var into = new Argument<string>("FOLDER") { Description = "Where log.keys and verdict.pem are written" };
        return new("audit", "Copy the log of all events and its public keys, export events and evidence, and draw samples, to check them elsewhere.")
        {
            new Command("keys", "Write the public keys of the log and of verdicts into files. Compare them with what you were told on another way: they are what all else is checked with.") { into }.Runs(globals, (run, cancellationToken) => KeysAsync(run, run.Required(into), cancellationToken)),
            new Command("mirror", "Copy the log into a folder, in the layout of C2SP tlog-tiles. 'mlgov verify log FOLDER' checks it.") { folder }.Runs(globals, (run, cancellationToken) => MirrorAsync(run, run.Required(folder), cancellationToken)),
            ExportCommand.Create(globals), PackCommand.Create(globals), AuditSampleCommand.Create(globals),
        };
    }

    private static async Task<int> MirrorAsync(Run run, string folder, CancellationToken cancellationToken)
    {
        var note = await LogSource.FetchAsync(run, MirroredLog.Checkpoint, cancellationToken) ?? throw CommandFailedException.NoAnswer("The log has no signed checkpoint yet. Try again in a second.");
        var fetched = 0;
        foreach (var path in MirroredLog.Paths(Size(note)))
        {
            var file = Path.Combine(folder, path);
            if (File.Exists(file)) continue;
            var bytes = await LogSource.FetchAsync(run, path, cancellationToken) ?? throw CommandFailedException.NoAnswer($"The server has signed more than it serves: {path} is missing.");
            await KeepAsync(file, bytes, cancellationToken);
            fetched++;
        }

        // Last: a copy that was cut short keeps the checkpoint that it is whole for.
        await KeepAsync(Path.Combine(folder, MirroredLog.Checkpoint), note, cancellationToken);
        run.Screen.Say($"mirrored {Size(note)} events into {folder}, {fetched} files of them new");
        return ExitCode.Ok;
    }

    private static async Task<int> KeysAsync(Run run, string folder, CancellationToken cancellationToken)
    {
        var answer = (await run.ReadAsync(ApiPath.Of($"audit/checkpoint"), "keys", cancellationToken)).Json!.Value;
        string Joined(string name) => string.Concat(answer.GetProperty(name).EnumerateArray().Select(key => key.GetString()!.TrimEnd() + "\n"));
        foreach (var (name, text) in new[] { ("log.keys", Joined("keys")), ("verdict.pem", Joined("verdictKeys")) })
        {
            await KeepAsync(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text), cancellationToken);
            run.Screen.Say($"{Path.Combine(folder, name)}");
            run.Screen.Raw(text.TrimEnd());
        }

        return ExitCode.Ok;
    }

    private static ulong Size(byte[] note)
    {
        try
        {
            return Checkpoint.Parse(SignedNote.Parse(Encoding.UTF8.GetString(note)).Text).Size;
        }
        catch (EvidenceRefusedException refused)
        {
            throw CommandFailedException.NoAnswer($"What the server gave is no checkpoint: {refused.Message}", refused);
        }
    }

    private static async Task KeepAsync(string file, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file + ".new", bytes, cancellationToken);
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage($"'{file}' cannot be written: {e.Message}", e);
        }
    }
}
