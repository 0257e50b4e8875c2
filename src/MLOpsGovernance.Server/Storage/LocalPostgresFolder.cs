using System.Globalization;
using System.Security.Cryptography;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Where a cluster's files lie, held by one process at a time. What is ours (lock, password) stays in
/// <c>postgres</c> of the data folder; what the database's account writes is in a folder of its own below it.
/// </summary>
internal sealed class LocalPostgresFolder : IDisposable
{
    private readonly FileStream _held;

    private LocalPostgresFolder(string root, string home, FileStream held)
    {
        _held = held;
        Root = root;
        Home = home;
    }

    public string Root { get; }

    /// <summary>Belongs to the account that runs the database, mode 0700.</summary>
    public string Home { get; }

    public string Cluster => Path.Combine(Home, "cluster");

    public string Log => Path.Combine(Home, "log");

    private string PasswordFile => Path.Combine(Root, "password");

    /// <exception cref="LocalPostgresUnavailableException">Another process holds the folder, or it cannot be used.</exception>
    public static async Task<LocalPostgresFolder> OpenAsync(string dataFolder, LocalPostgresAccount account, ILogger log, CancellationToken cancellationToken)
    {
        var root = Path.Combine(Path.GetFullPath(dataFolder), "postgres");
        try
        {
            Directory.CreateDirectory(root);
            root = RealPath(root);
            var held = Hold(root, dataFolder);
            try
            {
                return new(root, await MakeHomeAsync(root, dataFolder, account, log, cancellationToken), held);
            }
            catch
            {
                await held.DisposeAsync();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalPostgresUnavailableException($"The data folder {dataFolder} cannot be used: {e.Message} Choose another one with --data.", e);
        }
    }

    /// <summary>The major version that made the cluster, or null if there is no cluster yet.</summary>
    public int? ClusterMajor()
    {
        var file = Path.Combine(Cluster, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
    }

    public string NewPassword()
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        WritePrivately(PasswordFile, password);
        return password;
    }

    public string Password() => File.Exists(PasswordFile)
        ? File.ReadAllText(PasswordFile).Trim()
        : throw new LocalPostgresUnavailableException(
            $"{PasswordFile} is missing, and the cluster in {Cluster} does not open without it. Restore the file, or move the cluster away to begin with an empty one.");

    public void Dispose() => _held.Dispose();

    internal static void WritePrivately(string file, string text)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.WriteThrough };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }

    /// <summary>The system drops the lock with the process, however that ends.</summary>
    private static FileStream Hold(string root, string dataFolder)
    {
        var owner = Path.Combine(root, "owner");
        try
        {
            var held = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            var process = File.Exists(owner) ? $" (process {File.ReadAllText(owner)})" : "";
            throw new LocalPostgresUnavailableException(
                $"The data folder {dataFolder} is in use by another server{process}. Stop that one, or choose another folder with --data.", e);
        }
    }

    private static async Task<string> MakeHomeAsync(
        string root, string dataFolder, LocalPostgresAccount account, ILogger log, CancellationToken cancellationToken)
    {
        if (account.User is not null) LetThrough(root);
        var (home, note) = (Path.Combine(root, "server"), Path.Combine(root, "location"));
        // Only a database that is not there yet may be put elsewhere: an existing one must never seem to be empty.
        if (File.Exists(note) || (!Directory.Exists(home) && !await account.CanEnterAsync(root, cancellationToken)))
            home = Elsewhere(note, dataFolder, account, log);

        Directory.CreateDirectory(home);
        await account.OwnAsync(home, cancellationToken);
        return await account.CanEnterAsync(home, cancellationToken) ? home : throw new LocalPostgresUnavailableException(
            $"The user {account.User}, which runs PostgreSQL because root must not, cannot reach {home}. Choose a folder with --data that it can reach.");
    }

    /// <summary>
    /// The data folder is ours to manage: others may pass through it to what belongs to them, without seeing what else is there.
    /// Its parents are not ours and stay as they are, and so does a home folder that was given as data folder.
    /// </summary>
    private static void LetThrough(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var home = RealPath(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        foreach (var ours in new[] { folder, Path.GetDirectoryName(folder)! }.Where(ours => ours != home))
            File.SetUnixFileMode(ours, File.GetUnixFileMode(ours) | UnixFileMode.OtherExecute);
    }

    /// <summary>
    /// For a data folder that the database's account cannot reach, such as one below root's home. The place is drawn once and noted
    /// in the data folder, so that a data folder begun anew begins with an empty database.
    /// </summary>
    private static string Elsewhere(string note, string dataFolder, LocalPostgresAccount account, ILogger log)
    {
        if (!File.Exists(note)) WritePrivately(note, Path.Combine(LocalPostgresOptions.DefaultDataFolder, "clusters", Guid.NewGuid().ToString("N")));
        var home = File.ReadAllText(note);
        Directory.CreateDirectory(Path.GetDirectoryName(home)!);
        LetThrough(Path.GetDirectoryName(home)!);
        log.LogWarning("{DataFolder} cannot be reached by {User}, which runs PostgreSQL because root must not; the database is in {Home}", dataFolder, account.User, home);
        return home;
    }

    /// <summary>The path without symbolic links: the form in which the system tells a process's folder.</summary>
    internal static string RealPath(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target) real = RealPath(target.FullName);
        }

        return real;
    }
}
