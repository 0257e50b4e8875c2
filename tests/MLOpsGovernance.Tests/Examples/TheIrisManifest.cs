using System.Xml.Linq;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Tests.Examples;

public sealed class TheIrisManifest
{
    private static readonly string Folder = RepositoryFiles.At("docs", "examples", "iris");
    private static readonly YamlNode Manifest = Load();

    [Fact]
    public void Counts_the_rows_of_the_file_it_names()
    {
        var version = Manifest["datasets"][0]["versions"][0];

        File.ReadLines(Path.Combine(Folder, Text(version["file"]))).Skip(1).Count().ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(Text(version["rows"]));
    }

    [Fact]
    public void Trains_on_the_dataset_version_it_registers()
    {
        var dataset = Manifest["datasets"][0];
        var trainedOn = Manifest["models"][0]["versions"][0]["datasets"][0];

        Text(trainedOn["name"]).ShouldBe(Text(dataset["name"]));
        Text(trainedOn["version"]).ShouldBe(Text(dataset["versions"][0]["version"]));
    }

    [Fact]
    public void Names_as_authors_only_members_of_the_team()
    {
        var members = ((YamlSequenceNode)Manifest["teams"][0]["members"]).Select(member => Text(member["subject"]));

        ((YamlSequenceNode)Manifest["models"][0]["versions"][0]["authors"]).Select(Text).Except(members, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Names_the_framework_that_trains_the_model()
    {
        var version = XDocument.Load(RepositoryFiles.At("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => package.Attribute("Include")!.Value == "Microsoft.ML").Attribute("Version")!.Value;

        Text(Manifest["models"][0]["versions"][0]["framework"]).ShouldBe($"ML.NET {version}");
    }

    private static YamlNode Load()
    {
        using var text = File.OpenText(Path.Combine(Folder, "manifest.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return yaml.Documents[0].RootNode;
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;
}
