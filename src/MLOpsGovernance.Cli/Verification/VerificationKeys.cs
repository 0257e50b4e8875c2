using System.CommandLine;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Evidence.Checkpoints;
using MLOpsGovernance.Evidence.Envelopes;
using MLOpsGovernance.Evidence.Notes;

namespace MLOpsGovernance.Cli.Verification;

/// <summary>What a verifier brings along: files, and the public keys that it trusts.</summary>
internal static class VerificationKeys
{
    public static Option<string> Option(string what) => new("--key") { Description = what, HelpName = "FILE", Required = true };

    /// <summary>Keys of a log in their text form, one a line.</summary>
    public static IReadOnlyList<VerifierKey> OfLog(string file) =>
        Lines(file).Select(line => VerifierKey.Parse(line)).ToList() is { Count: > 0 } keys ? keys : throw CommandFailedException.Usage($"'{file}' holds no key of a log.");

    /// <summary>Keys of verdicts in PEM, one or several in the file.</summary>
    public static IReadOnlyList<EnvelopeVerifierKey> OfVerdicts(string file)
    {
        const string End = "-----END PUBLIC KEY-----";
        var keys = Text(file).Split(End).Where(part => part.Contains("-----BEGIN", StringComparison.Ordinal)).Select(part => EnvelopeVerifierKey.FromPem(part.Trim() + "\n" + End)).ToList();
        return keys.Count > 0 ? keys : throw CommandFailedException.Usage($"'{file}' holds no public key in PEM.");
    }

    public static string Text(string file) => System.Text.Encoding.UTF8.GetString(Bytes(file));

    public static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.Usage($"'{file}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The checkpoint remembered in a file; null while there is none.</summary>
    public static Checkpoint? Remembered(string? file, IReadOnlyCollection<VerifierKey> keys) => file is not null && File.Exists(file) ? SignedCheckpoint.Open(Text(file), keys).Checkpoint : null;

    private static IEnumerable<string> Lines(string file) => Text(file).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'));

    /// <summary>Says that something holds, or that it does not and why: exit code 1.</summary>
    public static async Task<int> JudgeAsync(Func<Task> verify)
    {
        try
        {
            await verify();
            return ExitCode.Ok;
        }
        catch (EvidenceRefusedException refused)
        {
            throw new CommandFailedException(refused.Code == EvidenceRefusals.Key ? ExitCode.Usage : ExitCode.Refused, $"Not verified: {refused.Message} ({refused.Code})", refused);
        }
    }
}
