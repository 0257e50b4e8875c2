namespace MLOpsGovernance.Tests.Artifacts;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlgov-artifact-");

    public string Path => _folder.FullName;

    /// <summary>Writes a file, and the folders it needs; answers its full path.</summary>
    public string Write(string path, byte[] bytes)
    {
        var full = At(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return full;
    }

    public string Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public string At(string path) => System.IO.Path.Join(Path, path);

    public void Dispose() => _folder.Delete(recursive: true);
}
