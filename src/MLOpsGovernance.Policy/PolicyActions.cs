namespace MLOpsGovernance.Policy;

/// <summary>What a request can be about to do. A policy that names anything else would never be asked.</summary>
public static class PolicyActions
{
    public const string Deploy = "deploy", Promote = "promote", Rollback = "rollback";

    public static IReadOnlyList<string> All { get; } = [Deploy, Promote, Rollback];
}
