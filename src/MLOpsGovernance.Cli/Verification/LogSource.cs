namespace MLOpsGovernance.Cli.Verification;

/// <summary>Where a log is read from: a mirrored folder, or <c>/tlog</c> of the server that was named.</summary>
internal static class LogSource
{
    public static Func<string, CancellationToken, Task<byte[]?>> Of(Run run, string? folder) => folder is null ? (path, cancellationToken) => FetchAsync(run, path, cancellationToken) : (path, _) => ReadAsync(folder, path);

    public static async Task<byte[]?> FetchAsync(Run run, string path, CancellationToken cancellationToken)
    {
        var answer = await run.Server.GetAsync($"tlog/{path}", cancellationToken);
        return answer.IsSuccess ? answer.Body
            : answer is { Status: 404, Code: "tile-not-found" or "no-checkpoint" } ? null
            : throw new CommandFailedException(ExitCode.OfCommand(answer.Status), answer.Explanation);
    }

    private static Task<byte[]?> ReadAsync(string folder, string path)
    {
        if (!Directory.Exists(folder)) throw CommandFailedException.Usage($"'{folder}' is no folder. Mirror a log into one with 'mlgov audit mirror'.");
        var file = Path.Combine(folder, path);
        return Task.FromResult(File.Exists(file) ? VerificationKeys.Bytes(file) : null);
    }
}
