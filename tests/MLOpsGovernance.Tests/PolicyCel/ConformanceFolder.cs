namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>Where the public test data lie: <c>CONFORMANCE_DIR</c>, or <c>../shared/conformance</c> beside the repository.</summary>
internal static class ConformanceFolder
{
    public static string? Given => Environment.GetEnvironmentVariable("CONFORMANCE_DIR") is { Length: > 0 } folder ? folder : null;

    /// <summary>With the default folder, a continuous build must find everything.</summary>
    public static bool MustBeWhole => Given is null && string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.Ordinal);

    public static string? Find(string file) => Given is { } given ? Existing(Path.Combine(given, file)) : FindInDefault(file);

    /// <summary>For what belongs to the product and not to the data that it is tried with.</summary>
    public static string? FindInDefault(string file)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Existing(Path.Combine(folder, "..", "shared", "conformance", file)) is { } found) return found;
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? Path.GetFullPath(path) : null;
}
