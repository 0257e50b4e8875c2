using System.Text.Json.Serialization;

namespace MLOpsGovernance.Advisor.Portfolios;

/// <summary>What a platform consists of. The order decides between equals.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Capability>))]
public enum Capability
{
    [JsonStringEnumMemberName("registry")]
    Registry,
    [JsonStringEnumMemberName("feature_store")]
    FeatureStore,
    [JsonStringEnumMemberName("serving")]
    Serving,
    [JsonStringEnumMemberName("monitoring")]
    Monitoring,
    [JsonStringEnumMemberName("pipelines")]
    Pipelines,
    [JsonStringEnumMemberName("governance")]
    Governance,
}

/// <summary>How a capability may be had. The order decides between equals.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Way>))]
public enum Way
{
    /// <summary>Bought, and hosted by the supplier.</summary>
    [JsonStringEnumMemberName("saas")]
    Saas,

    /// <summary>Bought, and run by oneself.</summary>
    [JsonStringEnumMemberName("selfhosted")]
    SelfHosted,

    /// <summary>Assembled from open source.</summary>
    [JsonStringEnumMemberName("oss")]
    OpenSource,
    [JsonStringEnumMemberName("build")]
    Build,

    /// <summary>Done without for now, at the cost of things as they are.</summary>
    [JsonStringEnumMemberName("defer")]
    Defer,
}

/// <param name="Stack">Whose; null for none.</param>
public sealed record CapabilityOption(double Utility, double Cost, double Fte, double Months, string? Stack);

public sealed record Seam(Capability A, Capability B)
{
    /// <summary>Pairs that have to be integrated where they come from different stacks.</summary>
    public static IReadOnlyList<Seam> Usual { get; } =
    [
        new(Capability.Pipelines, Capability.Registry), new(Capability.Pipelines, Capability.FeatureStore), new(Capability.FeatureStore, Capability.Serving),
        new(Capability.Registry, Capability.Serving), new(Capability.Serving, Capability.Monitoring), new(Capability.Governance, Capability.Registry),
        new(Capability.Governance, Capability.Monitoring),
    ];
}

public static class Platform
{
    public static IReadOnlyList<Capability> Capabilities { get; } = Enum.GetValues<Capability>();

    public static IReadOnlyList<Way> Ways { get; } = Enum.GetValues<Way>();

    public static bool IsBought(this Way way) => way is Way.Saas or Way.SelfHosted;

    public static bool IsMade(this Way way) => way is Way.OpenSource or Way.Build;

    public static string Word(this Way way) => way switch
    {
        Way.Saas => "saas",
        Way.SelfHosted => "selfhosted",
        Way.OpenSource => "oss",
        Way.Build => "build",
        _ => "defer",
    };

    public static string Word(this Capability capability) => capability switch
    {
        Capability.Registry => "registry",
        Capability.FeatureStore => "feature_store",
        Capability.Serving => "serving",
        Capability.Monitoring => "monitoring",
        Capability.Pipelines => "pipelines",
        _ => "governance",
    };
}
