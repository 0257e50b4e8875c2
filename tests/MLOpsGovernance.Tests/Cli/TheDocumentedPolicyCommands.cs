using MLOpsGovernance.Policy;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>What the pages show about policies is what happens.</summary>
public sealed class TheDocumentedPolicyCommands
{
    private static string[] Lines(string page) => File.ReadAllLines(RepositoryFiles.At("docs", page));

    public static TheoryData<string> Commands => [.. Lines("cli.md").Where(static l => l.StartsWith("mlgov policy ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Work_on_what_is_shipped(string command)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in PolicySet.ReadFolder(RepositoryFiles.At("policies"))) folder.Write($"policies/{file.Path}", file.Text);
        var args = command.Split(" > ")[0].Split(' ')[1..].Select(word => word == "policies" ? folder.At("policies") : word);
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", [.. args]);
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Error);
    }

    [Fact]
    public void Are_there() => Commands.Count.ShouldBe(6);

    [Fact]
    public void Come_with_a_policy_and_a_test_that_hold()
    {
        var blocks = string.Join('\n', Lines("policy-language.md")).Split("```yaml\n")[1..].Select(static b => b[..b.IndexOf("```", StringComparison.Ordinal)]).ToList();
        const string schema = """
            apiVersion: governance.mlops/v1
            kind: FactSchema
            metadata: {name: facts, version: 1.0.0}
            spec:
              types: {Revalidation: {fields: {dueAt: {type: timestamp, optional: true}}}}
              facts: {revalidation: {type: Revalidation}}
            """;
        PolicyFile[] files = [new("facts.yaml", schema), new("validation.yaml", blocks[0]), new("validation.test.yaml", blocks[1])];
        var load = PolicySet.Load(files);
        load.Errors.ShouldBeEmpty();
        PolicyTests.RunAll(load.Set!, files).ShouldSatisfyAllConditions(static r => r.Results.ShouldAllBe(static c => c.Passed), static r => r.Passed.ShouldBeTrue());
    }
}
