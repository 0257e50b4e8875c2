using System.Collections.Concurrent;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.Policies;

/// <summary>The folder that the set comes from, as it was read last.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Watched">Whether changes are followed while the server runs.</param>
/// <param name="Poll">How often it is read though nothing was heard of a change: not every file system tells.</param>
/// <param name="Quiet">How long it must have been quiet after a change, so that half of an edit is not taken for all of it.</param>
internal sealed class PolicyFolder(string Path, bool Watched, TimeSpan Poll, TimeSpan Quiet)
{
    /// <summary>What a whole folder may weigh in a request.</summary>
    public const int MostMebibytes = 8;

    private volatile FolderReading? _last;

    public string Path { get; } = Path;

    public bool Watched { get; } = Watched;

    public TimeSpan Poll { get; } = Poll;

    public TimeSpan Quiet { get; } = Quiet;

    /// <summary>Null before it was read.</summary>
    public FolderReading? Last => _last;

    public static PolicyFolder Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Policies");
        return new(
            settings["Folder"] is { Length: > 0 } folder ? folder : System.IO.Path.Combine(AppContext.BaseDirectory, "policies"), settings.GetValue("Watch", true),
            settings.GetValue("Poll", TimeSpan.FromSeconds(30)), settings.GetValue("Quiet", TimeSpan.FromMilliseconds(300)));
    }

    public FolderReading Read() => _last = FolderReading.Of(Path);
}

/// <param name="Fingerprint">Of the files as they are, comments and tests included.</param>
/// <param name="Set">Null where it does not load.</param>
/// <param name="Errors">What is wrong with it; then the set in force stays, whatever it is.</param>
internal sealed record FolderReading(string Fingerprint, IReadOnlyList<PolicyFile> Files, PolicySet? Set, IReadOnlyList<LoadError> Errors)
{
    private const int Most = 16;
    private static readonly ConcurrentDictionary<string, Lazy<FolderReading>> Known = new(StringComparer.Ordinal);

    /// <summary>A set that loads and keeps what its tests promise, and no errors; or errors.</summary>
    public static FolderReading Of(string folder)
    {
        IReadOnlyList<PolicyFile> files;
        try
        {
            files = Directory.Exists(folder) ? PolicySet.ReadFolder(folder) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("", [], null, [new("", 1, 1, "folder.unreadable", $"The folder cannot be read: {e.Message}")]);
        }

        var fingerprint = LoadedPolicySets.Fingerprint(files);
        if (Known.Count >= Most) Known.Clear();
        return Known.GetOrAdd(fingerprint, _ => new(() => Judged(fingerprint, files))).Value;
    }

    private static FolderReading Judged(string fingerprint, IReadOnlyList<PolicyFile> files)
    {
        var load = LoadedPolicySets.Of(files);
        if (load.Set is not { } set) return new(fingerprint, files, null, load.Errors);
        var failed = files.Where(PolicyTestRuns.IsTest).SelectMany(test => PolicyTests.Run(set, test, files)).Where(r => !r.Passed)
            .Select(r => r.Error ?? new LoadError(r.File, r.Line, r.Column, "test.failed", $"{r.Name}: {string.Join("; ", r.Failures)}."));
        return new(fingerprint, files, set, [.. failed]);
    }
}
