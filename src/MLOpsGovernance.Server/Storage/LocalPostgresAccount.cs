namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Who runs the database's programs: ourselves, or, because PostgreSQL refuses to run as root, another user of the system.
/// </summary>
internal sealed class LocalPostgresAccount
{
    private static readonly string[] SystemFolders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

    private readonly IReadOnlyList<string> _prefix;

    private LocalPostgresAccount(string? user, IReadOnlyList<string> prefix)
    {
        User = user;
        _prefix = prefix;
    }

    /// <summary>Null when the programs run as ourselves.</summary>
    public string? User { get; }

    public static LocalPostgresAccount Choose() =>
        LocalPostgresOptions.IsRoot
            ? Choose(File.ReadLines("/etc/passwd"), program => LocalPostgresCommand.Find(program, SystemFolders))
            : new(null, []);

    internal static LocalPostgresAccount Choose(IEnumerable<string> accounts, Func<string, string?> find)
    {
        var known = accounts.Select(line => line.Split(':')).Where(field => field.Length > 3).ToList();
        var account = known.Find(field => field[0] == "postgres") ?? known.Find(field => field[0] == "nobody")
            ?? throw new LocalPostgresUnavailableException(
                "PostgreSQL refuses to run as root, and this system has neither a user `postgres` nor a user `nobody` to run it.");

        var (user, uid, gid) = (account[0], account[2], account[3]);
        IReadOnlyList<string> prefix =
            find("runuser") is { } runuser ? [runuser, "-u", user, "--"]
            : find("setpriv") is { } setpriv ? [setpriv, "--reuid", uid, "--regid", gid, "--clear-groups", "--"]
            : find("sudo") is { } sudo ? [sudo, "-n", "-u", user, "--"]
            : throw new LocalPostgresUnavailableException(
                $"PostgreSQL refuses to run as root, and none of runuser, setpriv and sudo is there to run it as {user}.");
        return new(user, prefix);
    }

    public Task<LocalPostgresCommand> RunAsync(
        string program, IReadOnlyList<string> arguments, string workingFolder, TimeSpan patience, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> line = [.. _prefix, program, .. arguments];
        return LocalPostgresCommand.RunAsync(line[0], line.Skip(1), workingFolder, patience, cancellationToken);
    }

    /// <summary>Gives a file, or a folder and all in it, to the account; nobody else may look into it afterwards.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(path, Directory.Exists(path) ? FolderMode : FileMode);
        if (User is null) return;
        var chown = await LocalPostgresCommand.RunAsync("chown", ["-R", $"{User}:", path], "/", TimeSpan.FromSeconds(10), cancellationToken);
        if (!chown.Succeeded) throw new LocalPostgresUnavailableException($"{path} cannot be given to the user {User}: {chown.Said}");
    }

    /// <summary>Whether the account may pass through the folder and all its parents.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken)
    {
        if (User is null) return true;
        var test = await RunAsync("test", ["-x", folder], "/", TimeSpan.FromSeconds(10), cancellationToken);
        // The test itself is silent; what speaks is the change of the user, which a container without the right to it refuses.
        return test.Errors.Length == 0 ? test.Succeeded : throw new LocalPostgresUnavailableException(
            $"PostgreSQL refuses to run as root, and nothing can be run as the user {User}: {test.Errors.Trim()}");
    }

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, FolderMode = FileMode | UnixFileMode.UserExecute;
}
