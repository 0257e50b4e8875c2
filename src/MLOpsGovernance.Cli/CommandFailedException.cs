namespace MLOpsGovernance.Cli;

/// <summary>A command cannot go on. The message is for the person at the terminal: what was wrong, and what is allowed.</summary>
internal sealed class CommandFailedException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailedException Usage(string message, Exception? cause = null) => new(Cli.ExitCode.Usage, message, cause);

    public static CommandFailedException NoAnswer(string message, Exception? cause = null) => new(Cli.ExitCode.NoAnswer, message, cause);
}
