using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Server.Tests.Pipelines;

/// <summary>The shell steps of the examples in <c>docs/pipelines</c>, as their runners would hand them to a shell.</summary>
internal static partial class PipelineSteps
{
    /// <param name="part"><c>ask</c> or <c>deploy</c>.</param>
    public static IReadOnlyList<string> Of(string file, string part)
    {
        var text = File.ReadAllText(Approved.InRepository(Path.Combine("docs", "pipelines", file)));
        return file switch
        {
            "github-actions.yml" => [.. Items(At(Yaml(text), "jobs", part, "steps")).Where(s => At(s, "run") is not null && !Text(At(s, "name")).StartsWith("Install", StringComparison.Ordinal)).Select(s => Text(At(s, "run")))],
            "gitlab-ci.yml" => [string.Join('\n', Items(At(Yaml(text), part, "script")).Select(Text))],
            "argo-workflow.yaml" => [Text(At(Items(At(Yaml(text), "spec", "templates")).Single(), "script", "source"))],
            _ => [.. Groovy().Matches(Stage(text, part)).Select(m => m.Groups["step"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal))],
        };
    }

    private static string Stage(string text, string part) => text.Split("stage('").Single(s => s.StartsWith(part, StringComparison.OrdinalIgnoreCase));

    private static YamlNode Yaml(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Single().RootNode;
    }

    private static YamlNode? At(YamlNode? node, params string[] path) =>
        path.Aggregate(node, (at, name) => at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null);

    private static IEnumerable<YamlNode> Items(YamlNode? node) => ((YamlSequenceNode)node!).Children;

    private static string Text(YamlNode? node) => ((YamlScalarNode)node!).Value!;

    [GeneratedRegex(@"\bsh(?:\(returnStatus: true, script:)? *('''(?<step>.*?)'''|'(?<step>[^'\n]+)')", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Groovy();
}
