namespace MLOpsGovernance.Domain.Lineage;

/// <summary>The words for where a run is: those that clients send, and those that are shown.</summary>
public static class RunStates
{
    public const string Start = "START", Running = "RUNNING", Complete = "COMPLETE", Abort = "ABORT", Fail = "FAIL", Other = "OTHER";

    public const string New = "NEW", Completed = "COMPLETED", Aborted = "ABORTED", Failed = "FAILED";

    /// <summary>What an event may be of.</summary>
    public static IReadOnlyList<string> Types { get; } = [Start, Running, Complete, Abort, Fail, Other];

    public static bool IsTerminal(string? type) => type is Complete or Abort or Fail;

    /// <summary>The state that an event of this type brings a run to; null where it says nothing of it.</summary>
    public static string? Of(string? type) => type switch
    {
        Start or Running => Running,
        Complete => Completed,
        Abort => Aborted,
        Fail => Failed,
        _ => null,
    };
}
