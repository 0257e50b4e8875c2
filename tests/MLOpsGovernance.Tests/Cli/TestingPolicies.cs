using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using MLOpsGovernance.Tests.Artifacts;
using MLOpsGovernance.Tests.PolicyDocuments;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class TestingPolicies : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestingPolicies()
    {
        foreach (var file in LoanRelease.Files) _folder.Write(file.Path, file.Text);
    }

    public void Dispose() => _folder.Dispose();

    private void Change(string file, string old, string replacement)
    {
        var text = File.ReadAllText(_folder.At(file));
        text.ShouldContain(old);
        _folder.Write(file, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Where a text stands in a file, as editors jump to it.</summary>
    private string At(string file, string text)
    {
        var lines = File.ReadAllLines(_folder.At(file));
        var line = Array.FindIndex(lines, l => l.Contains(text, StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{_folder.At(file)}:{line + 1}:{lines[line].IndexOf(text, StringComparison.Ordinal) + 1}");
    }

    private Task<Ended> RunAsync(params string[] more) => CommandLine.RunAsync("http://127.0.0.1:9", ["policy", "test", _folder.Path, .. more]);

    [Fact]
    public async Task Ends_with_0_where_every_case_passes_every_rule_is_covered_and_every_change_noticed()
    {
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(0, ended.Output);
        ended.Error.ShouldBeEmpty();
        ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            $"ok    {_folder.At("loan-release.test.yaml")}  12 cases",
            "12 cases, 0 failed; 0 rules not covered; 4 changes tried, 0 unnoticed",
        ]);
    }

    [Fact]
    public async Task Ends_with_1_where_a_case_fails_and_says_where_and_what_came_instead()
    {
        Change("loan-release.test.yaml", "outcome: warn, rules: {LOAN-002: fail}", "outcome: allow, rules: {LOAN-002: pass}");
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain("loan-release.test.yaml  1 of 12 cases");
        ended.Output.ShouldContain($"{At("loan-release.test.yaml", "name: in staging")}  in staging a failure is a warning");
        ended.Output.ShouldContain("expected outcome allow, got warn");
        ended.Output.ShouldContain("expected LOAN-002 to be pass, got fail: Lineage is missing.");
    }

    [Fact]
    public async Task Ends_with_1_where_a_rule_is_never_seen_failing()
    {
        Change("loan-release.test.yaml", "op: replace, path: /datasets, value: []", "op: replace, path: /datasets/0/id, value: other");
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain($"{At("loan-release.yaml", "LOAN-002")}  no passing case sees LOAN-002 fail");
    }

    [Fact]
    public async Task Ends_with_1_where_a_change_of_the_policy_is_not_noticed()
    {
        Change("loan-release.test.yaml", "rules: {LOAN-001: notApplicable}", "outcome: allow");
        Change("loan-release.test.yaml", "[{op: remove, path: /model/riskClass}]\n    expect: {decision: deny, rules: {LOAN-001: error, LOAN-002: error, LOAN-003: waived}}", "[]\n    expect: {decision: allow}");
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(1, ended.Output);
        ended.Output.ShouldContain("loan-release.yaml:1:1  dropped the match condition 'high-risk', and no test noticed");
    }

    [Fact]
    public async Task Ends_with_2_where_the_documents_do_not_load()
    {
        Change("loan-release.yaml", "variables.gaps.size() == 0", "variables.gap.size() == 0");
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(2);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldContain($"{At("loan-release.yaml", "variables.gap.size")}: error cel.name: Nothing is called 'variables.gap' here. Did you mean 'variables.gaps'?");
    }

    [Theory]
    [InlineData("cases:", "case:")]
    [InlineData("policy: loan-release.yaml", "policy: other.yaml")]
    [InlineData("op: remove", "op: move")]
    public async Task Ends_with_2_where_a_test_file_cannot_be_read(string old, string replacement)
    {
        Change("loan-release.test.yaml", old, replacement);
        (await RunAsync()).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("empty")]
    public async Task Ends_with_2_where_there_is_nothing_to_test(string folder)
    {
        Directory.CreateDirectory(_folder.At("empty"));
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "test", _folder.At(folder));
        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain(_folder.At(folder));
    }

    [Fact]
    public async Task Writes_JUnit_that_pipelines_show()
    {
        Change("loan-release.test.yaml", "outcome: warn, rules: {LOAN-002: fail}", "outcome: allow, rules: {LOAN-002: pass}");
        var ended = await RunAsync("--format", "junit");
        ended.ExitCode.ShouldBe(1);
        var report = XDocument.Parse(ended.Output).Root!;
        ((string?)report.Attribute("failures")).ShouldBe("1");
        report.Elements("testsuite").Select(static s => ((string?)s.Attribute("name"), (int)s.Attribute("tests")!)).ShouldBe([("loan-release.test.yaml", 12), ("coverage", 0), ("changes", 0)]);
        var failed = report.Descendants("testcase").Single(static c => c.Element("failure") is not null);
        ((string?)failed.Attribute("classname"), (string?)failed.Attribute("name"), (string?)failed.Element("failure")!.Attribute("message"))
            .ShouldBe(("loan-release", "in staging a failure is a warning", "expected outcome allow, got warn"));
    }

    [Fact]
    public async Task Writes_a_list_for_programs_in_which_gaps_are_failures_too()
    {
        Change("loan-release.test.yaml", "op: replace, path: /datasets, value: []", "op: replace, path: /datasets/0/id, value: other");
        var ended = await RunAsync("-o", "json");
        var results = JsonNode.Parse(ended.Output)!.AsArray();
        results.Where(static r => r!["fail"] is not null).Select(static r => (string)r!["name"]!).ShouldBe(
            ["no dataset at all is not complete lineage", "in staging a failure is a warning", "LOAN-002 is seen failing"], ignoreOrder: true);
        results[0]!["location"]!.ToJsonString().ShouldBe("""{"file":"loan-release.test.yaml","row":14,"col":5}""");
    }

    [Fact]
    public async Task Passes_for_what_is_shipped()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "test", RepositoryFiles.At("policies"));
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Error);
    }
}
