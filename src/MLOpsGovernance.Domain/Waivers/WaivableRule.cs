namespace MLOpsGovernance.Domain.Waivers;

/// <summary>What the policy set in force says about waivers of one of its rules; looked up, never claimed.</summary>
/// <param name="PolicyVersions">The versions of the policy that a waiver asked for now is meant for.</param>
/// <param name="Waivable">False for a rule that nobody may waive.</param>
/// <param name="ApproverRoles">Whoever holds one of these may approve.</param>
/// <param name="MostSeconds">How long a waiver may last.</param>
/// <param name="ControlRequired">Whether a waiver needs a compensating control.</param>
public sealed record WaivableRule(
    string Policy, string PolicyVersions, string Rule, bool Waivable, IReadOnlyList<string> ApproverRoles, long MostSeconds, bool ControlRequired)
{
    /// <summary>The latest that a waiver may end that begins then.</summary>
    public DateTimeOffset LatestEnd(DateTimeOffset from) => MostSeconds >= (DateTimeOffset.MaxValue - from).TotalSeconds ? DateTimeOffset.MaxValue : from.AddSeconds(MostSeconds);
}
