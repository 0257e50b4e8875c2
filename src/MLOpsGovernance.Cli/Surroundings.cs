namespace MLOpsGovernance.Cli;

/// <summary>All that a command touches outside of its arguments, files and server.</summary>
internal sealed record Surroundings(TextWriter Output, TextWriter Error)
{
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>For waiting between tries; how long one try may take is always measured by the real clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Null for the network.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>How long an interrupted command may take to end. Null where it does not own the process, and no signal is listened to.</summary>
    public TimeSpan? EndsWithin { get; init; }

    public static Surroundings OfProcess() => new(Console.Out, Console.Error)
    {
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        EndsWithin = TimeSpan.FromSeconds(2),
    };
}
