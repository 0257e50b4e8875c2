namespace MLOpsGovernance.Domain.Deployments;

/// <summary>How much of the traffic a deployment answers. A shadow or canary runs beside what is fully deployed and takes nothing from it.</summary>
public static class DeploymentStage
{
    /// <summary>It gets a copy of the traffic, and nobody sees its answers.</summary>
    public const string Shadow = "shadow";

    /// <summary>It answers a part of the traffic.</summary>
    public const string Canary = "canary";

    public const string Full = "full";

    public static IReadOnlyList<string> All { get; } = [Shadow, Canary, Full];

    /// <summary>An environment has one place for each stage. Names hold no slash, so that no environment is taken for a stage of another.</summary>
    /// <param name="stage">Null, as in early events, is <see cref="Full"/>.</param>
    public static string Place(string environment, string? stage) => stage is null or Full ? environment : $"{environment}/{stage}";

    /// <summary>What full deployment of a version ends in its environment beside the one that it replaces: its own stages there.</summary>
    public static IReadOnlyList<string> StagedPlaces(string environment) => [Place(environment, Shadow), Place(environment, Canary)];
}

/// <summary>How a deployment went, once for each.</summary>
/// <param name="Result"><see cref="Succeeded"/> or <see cref="Failed"/>.</param>
/// <param name="Evidence">Digests of what shows it.</param>
public sealed record DeploymentOutcome(string Result, Sealed? Reason, IReadOnlyList<string> Evidence, string By, DateTimeOffset At)
{
    public const string Succeeded = "succeeded", Failed = "failed";

    public static IReadOnlyList<string> Results { get; } = [Succeeded, Failed];
}
