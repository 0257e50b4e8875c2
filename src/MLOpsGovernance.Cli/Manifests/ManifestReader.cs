using System.Globalization;
using MLOpsGovernance.Cli.Datasets;
using MLOpsGovernance.Cli.Models;
using MLOpsGovernance.Cli.Teams;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>Reads a manifest strictly: what is not understood is refused with its place, and all mistakes are named at once.</summary>
internal static class ManifestReader
{
    private const int MostBytes = 1 << 20, DeepestNesting = 20;
    private const string ApiVersion = "governance.mlops/v1", Kind = "Manifest";

    /// <exception cref="CommandFailedException">It is no manifest; each line of the message begins with <c>file:line:column</c>.</exception>
    public static Manifest Read(string path)
    {
        var mistakes = new ManifestMistakes(path);
        var map = ManifestMap.Of(mistakes, Root(path, mistakes), "the manifest", ["apiVersion", "kind", "teams", "datasets", "models"]);
        map.Fixed("apiVersion", ApiVersion);
        map.Fixed("kind", Kind);
        var manifest = new Manifest(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            map.Each("teams", TeamEntry.Keys, TeamEntry.Read, team => team.Name) ?? [],
            map.Each("datasets", DatasetEntry.Keys, DatasetEntry.Read, dataset => dataset.Name) ?? [],
            map.Each("models", ModelEntry.Keys, ModelEntry.Read, model => model.Name) ?? []);
        mistakes.RefuseIfAny();
        return manifest;
    }

    /// <summary>The one document of a file.</summary>
    /// <exception cref="CommandFailedException">The file cannot be read, or holds no document or several.</exception>
    public static YamlNode Root(string path, ManifestMistakes mistakes) => Document(Load(path), mistakes) ?? throw mistakes.Refuse();

    private static string Load(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) throw CommandFailedException.Usage($"{path} is larger than 1 MiB, which no manifest is.");
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CommandFailedException.Usage($"The manifest '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static YamlNode? Document(string text, ManifestMistakes mistakes)
    {
        try
        {
            RefuseAliases(text, mistakes);
            mistakes.RefuseIfAny();
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            switch (yaml.Documents)
            {
                case [var only]:
                    return only.RootNode;
                case []:
                    mistakes.Add(Mark.Empty, "the file is empty. It begins with 'apiVersion: governance.mlops/v1' and 'kind: Manifest'.");
                    return null;
                default:
                    mistakes.Add(yaml.Documents[1].RootNode.Start, "a second document begins. A manifest is one document; write another file.");
                    return null;
            }
        }
        catch (YamlException e)
        {
            mistakes.Add(e.Start, string.Create(CultureInfo.InvariantCulture, $"this is no YAML: {e.InnerException?.Message ?? e.Message}"));
            return null;
        }
    }

    /// <summary>An alias stands for something written elsewhere, and a few of them stand for more than memory holds. Nothing in a manifest needs them.</summary>
    private static void RefuseAliases(string text, ManifestMistakes mistakes)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting) throw new SemanticErrorException(parser.Current.Start, parser.Current.End, $"nested deeper than {DeepestNesting} levels");
            if (parser.Current is AnchorAlias alias) mistakes.Add(alias.Start, $"the alias '*{alias.Value}' is not supported. Write out what it stands for.");
        }
    }
}
