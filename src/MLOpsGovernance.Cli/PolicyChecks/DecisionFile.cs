namespace MLOpsGovernance.Cli.PolicyChecks;

/// <summary>
/// Where the decision is left for later steps. It is emptied before anything is asked, so that the decision of an earlier run is never taken for this one's.
/// </summary>
internal sealed class DecisionFile
{
    private readonly string? _path;

    /// <exception cref="CommandFailedException">It cannot be written there.</exception>
    public DecisionFile(string? path)
    {
        _path = path;
        Write([]);
    }

    public void Write(byte[] decision)
    {
        if (_path is null) return;
        try
        {
            File.WriteAllBytes(_path, decision);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandFailedException.Usage($"The decision cannot be written to '{_path}': {e.Message}", e);
        }
    }
}
