namespace MLOpsGovernance.Cli;

/// <summary>What a command ends with. Pipelines branch on these numbers: they never change.</summary>
internal static class ExitCode
{
    /// <summary>Done; of a check: allowed.</summary>
    public const int Ok = 0;

    /// <summary>The rules say no; of a check: denied.</summary>
    public const int Refused = 1;

    /// <summary>Wrong usage, or a request that the server takes for wrong.</summary>
    public const int Usage = 2;

    /// <summary>No answer, or none that can be relied on. Nothing was allowed.</summary>
    public const int NoAnswer = 3;

    /// <summary>Allowed, but an advisory rule failed and <c>--fail-on-warn</c> was given.</summary>
    public const int Warnings = 4;

    /// <summary>For the gate: a refused credential is no denial by a rule, so only a decision ends in 1.</summary>
    public static int OfCheck(int status) => status switch
    {
        408 or 429 => NoAnswer,
        >= 400 and < 500 => Usage,
        _ => NoAnswer,
    };

    /// <summary>For everything else that the server answered with anything but success.</summary>
    public static int OfCommand(int status) => status is 403 or 409 or 412 or 422 ? Refused : OfCheck(status);
}
