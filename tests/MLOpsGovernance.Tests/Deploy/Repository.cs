using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Tests.Deploy;

/// <summary>The files that are shipped beside the code, found from the folder the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Text(string relative) => File.ReadAllText(Path(relative));

    public static IReadOnlyList<YamlNode> Yaml(string relative)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path(relative));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"MLOpsGovernance.sln is in no folder above {AppContext.BaseDirectory}."),
        _ when File.Exists(System.IO.Path.Combine(folder.FullName, "MLOpsGovernance.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
