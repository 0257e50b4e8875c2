using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Deploy;

public sealed partial class RecordingDecisions
{
    private static readonly string[] Permissive = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL"];
    private static readonly string[] Parts = ["Context", "Decision", "Consequence"];
    private static readonly string[] Folders = ["src", "tests"];
    private static readonly string[] Records = [.. Directory.GetFiles(Repository.Path("docs/decisions"), "????-*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    [Fact]
    public void Says_when_what_was_decided_why_and_with_what_effect()
    {
        foreach (var record in Records)
        {
            var text = Repository.Text($"docs/decisions/{record}");
            text.ShouldMatch(@"\A# \d{4} ");
            text.ShouldStartWith($"# {record[..4]} ");
            text.ShouldMatch(@"\nDate: \d{4}-\d{2}-\d{2}\n", record);
            foreach (var part in Parts) text.ShouldContain($"\n## {part}\n", customMessage: record);
        }
    }

    [Fact]
    public void Numbers_each_record_once_and_lists_it_in_the_index()
    {
        Records.Select(record => record[..4]).Distinct().Count().ShouldBe(Records.Length);
        Link().Matches(Repository.Text("docs/decisions/README.md")).Select(match => match.Groups["file"].Value).ShouldBe(Records);
    }

    [Fact]
    public void Gives_every_package_that_a_project_references_a_reason_and_a_permissive_licence()
    {
        var rows = Row().Matches(Repository.Text("docs/decisions/0010-dependencies.md"))
            .ToDictionary(match => match.Groups["package"].Value, match => match.Groups["licence"].Value, StringComparer.Ordinal);

        Referenced().Except(rows.Keys).ShouldBeEmpty("add a row to docs/decisions/0010-dependencies.md, with the licence from the package itself");
        rows.Values.ShouldBeSubsetOf(Permissive);
    }

    private static IEnumerable<string> Referenced()
    {
        var projects = Folders.SelectMany(folder => Directory.GetFiles(Repository.Path(folder), "*.csproj", SearchOption.AllDirectories));
        return projects.SelectMany(project => Includes(project, "PackageReference"))
            .Concat(Includes(Repository.Path("Directory.Packages.props"), "GlobalPackageReference")).Distinct();
    }

    /// <summary>What only an operator opts into, with a licence of their own, is none of ours.</summary>
    private static IEnumerable<string> Includes(string file, string element) =>
        XDocument.Load(file).Descendants(element).Where(reference => reference.Parent?.Attribute("Condition")?.Value.EndsWith("== 'QuestPDF'", StringComparison.Ordinal) != true).Select(reference => reference.Attribute("Include")!.Value);

    [GeneratedRegex(@"\]\((?<file>\d{4}-[^)]+\.md)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| `(?<package>[A-Za-z0-9.]+)` \| (?<licence>[^|]+?) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
