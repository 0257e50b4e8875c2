using System.Security.Cryptography;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Where a server keeps what is its own: in Development its database and keys. Nothing is written before it is needed.</summary>
internal sealed record DataFolder(string Path, bool Development)
{
    /// <summary>The folder named by <c>--data</c>, else one of the user's own.</summary>
    public static DataFolder Of(string? named, bool development) => new(
        named is { Length: > 0 } ? System.IO.Path.GetFullPath(named) : LocalPostgresOptions.DefaultDataFolder, development);

    /// <summary>The operator's secret (at least 32 characters); in Development one that is made once and kept; else null.</summary>
    /// <exception cref="StartupException">The operator's secret is too short to be one.</exception>
    public byte[]? ApiKeySecret(string? configured)
    {
        if (!string.IsNullOrWhiteSpace(configured))
            return configured.Length >= 32 ? System.Text.Encoding.UTF8.GetBytes(configured) : throw new StartupException("ApiKeys__Secret must hold at least 32 characters.");
        if (!Development) return null;

        return Convert.FromBase64String(Secret("api-keys.secret", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
    }

    /// <summary>A secret of this installation, made once and kept where only its user can read it.</summary>
    public string Secret(string name, Func<string> make)
    {
        var file = System.IO.Path.Combine(Path, "keys", name);
        if (File.Exists(file)) return File.ReadAllText(file).Trim();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        var secret = make();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(secret);
        return secret;
    }
}
