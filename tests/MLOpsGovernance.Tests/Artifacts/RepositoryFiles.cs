namespace MLOpsGovernance.Tests.Artifacts;

internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MLOpsGovernance.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No MLOpsGovernance.sln above {AppContext.BaseDirectory}.");
        return folder;
    }
}
