using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Tests.Deploy;

internal static class YamlReading
{
    public static string Text(this YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    public static int Number(this YamlNode node) => int.Parse(node.Text(), CultureInfo.InvariantCulture);

    /// <summary>The node under a path such as <c>spec/template</c>, or null when a part of it is absent.</summary>
    public static YamlNode? At(this YamlNode node, string path) =>
        path.Split('/').Aggregate((YamlNode?)node, static (at, key) =>
            at is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null);

    public static YamlNode Must(this YamlNode node, string path) =>
        node.At(path) ?? throw new KeyNotFoundException($"'{path}' is missing in {node}");

    public static IReadOnlyList<YamlNode> Items(this YamlNode node) => [.. ((YamlSequenceNode)node).Children];

    public static IReadOnlyList<string> Texts(this YamlNode node) => [.. node.Items().Select(Text)];

    public static IReadOnlyDictionary<string, YamlNode> Map(this YamlNode node) =>
        ((YamlMappingNode)node).Children.ToDictionary(static pair => pair.Key.Text(), static pair => pair.Value, StringComparer.Ordinal);

    public static IReadOnlyList<string> Keys(this YamlNode node) => [.. node.Map().Keys];
}
