using System.Xml.Linq;

namespace MLOpsGovernance.Tests.HouseRules;

/// <summary>The repository as it lies on the disk.</summary>
internal static class House
{
    private static readonly string[] Made = ["bin", "obj", "TestResults", "BenchmarkDotNet.Artifacts", "artifacts"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Project files below <c>src</c>, by the last word of their name.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects { get; } = Folders("src")
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .ToDictionary(ShortName, XDocument.Load, StringComparer.Ordinal);

    /// <summary>A folder and all below it, without what building and testing leaves behind.</summary>
    public static IEnumerable<string> Folders(string below)
    {
        var folder = Path.Combine(Root, below);
        return Directory.EnumerateDirectories(folder)
            .Where(sub => !Made.Contains(Path.GetFileName(sub), StringComparer.Ordinal))
            .SelectMany(sub => Folders(Path.GetRelativePath(Root, sub)))
            .Prepend(folder);
    }

    public static IEnumerable<string> Files(string below, params string[] extensions) => Folders(below)
        .SelectMany(Directory.EnumerateFiles)
        .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal));

    /// <summary>What a project refers to, by kind: <c>ProjectReference</c> as short names, <c>PackageReference</c> as package names.</summary>
    public static IReadOnlyList<string> References(this XDocument project, string kind) =>
        [.. project.Descendants(kind).Select(e => e.Attribute("Include")!.Value).Select(name => kind == "ProjectReference" ? ShortName(name) : name)];

    /// <summary><c>Domain</c> for <c>../MLOpsGovernance.Domain/MLOpsGovernance.Domain.csproj</c>.</summary>
    private static string ShortName(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/')).Split('.')[^1];

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MLOpsGovernance.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"MLOpsGovernance.sln is in no folder above {AppContext.BaseDirectory}."));
}
