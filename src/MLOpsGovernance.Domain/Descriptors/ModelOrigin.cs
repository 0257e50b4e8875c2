namespace MLOpsGovernance.Domain.Descriptors;

/// <summary>Where a model comes from, and so what its versions are known by.</summary>
public static class ModelOrigin
{
    /// <summary>Trained here: there is an artifact with a digest.</summary>
    public const string Internal = "internal";

    /// <summary>Bought and run here, as a whole that cannot be looked into.</summary>
    public const string Vendor = "vendor";

    /// <summary>Run by a supplier and called from here.</summary>
    public const string Api = "api";

    public static IReadOnlyList<string> All { get; } = [Internal, Vendor, Api];
}
