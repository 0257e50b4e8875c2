namespace MLOpsGovernance.Server.Tests;

/// <summary>A folder of its own, gone with the test. Other users may pass through it, as PostgreSQL's user must when root runs the tests.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherExecute);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("mlops-governance-").FullName;

    /// <summary>Puts the shipped policies into it, to be changed there.</summary>
    public void CopyPolicies()
    {
        var policies = System.IO.Path.Combine(AppContext.BaseDirectory, "policies");
        foreach (var file in Directory.EnumerateFiles(policies, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(policies, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
