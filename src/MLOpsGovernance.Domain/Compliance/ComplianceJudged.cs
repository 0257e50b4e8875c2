namespace MLOpsGovernance.Domain.Compliance;

/// <summary>Everything that runs was judged again under the policies in force. What was found of each deployment is kept once for its digest.</summary>
/// <param name="Trigger"><c>daily</c>, <c>adoption</c> of a policy set, or <c>demand</c>.</param>
/// <param name="PolicySet">Digest of the set that it was judged by.</param>
/// <param name="Deployments">How many run.</param>
/// <param name="Failing">How many of them the gate would not let in now.</param>
/// <param name="Failures">Rules that do not hold, over all deployments, those that only warn included.</param>
/// <param name="Opened">Findings that were opened.</param>
/// <param name="Vanished">Findings whose cause is gone.</param>
/// <param name="Takedowns">How many somebody was asked to take down, because a policy says so.</param>
/// <param name="Results">SHA-256 of the canonical JSON of what was found of each.</param>
public sealed record ComplianceJudged(
    string Id, string Trigger, string PolicySet, int Deployments, int Failing, int Failures, int Opened, int Vanished, string Results, DateTimeOffset StartedAt, string By, DateTimeOffset At,
    int Takedowns = 0)
{
    public const string Daily = "daily", Adoption = "adoption", Demand = "demand";
}
