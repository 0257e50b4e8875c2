using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>The commands that docs/policy-library.md and docs/crosswalk.md show.</summary>
public sealed class LookingAtTheLibrary
{
    private static readonly string Policies = RepositoryFiles.At("policies");

    [Fact]
    public async Task Tests_it_whole()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "test", Policies);
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Error);
    }

    [Fact]
    public async Task Explains_a_rule_in_plain_words()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "explain", "AIA-III-09.1", "--folder", Policies);
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("from 2027-12-02");
        ended.Output.ShouldContain("eu-ai-act Art. 9");
    }

    [Fact]
    public async Task Says_what_it_thinks_of_a_model_without_a_server()
    {
        var ended = await CommandLine.RunAsync(
            "http://127.0.0.1:9", "policy", "explain", "--folder", Policies, "--facts", RepositoryFiles.At("docs", "examples", "facts", "credit-scoring.yaml"), "--now", "2026-11-25T12:00:00Z");
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("together: allow");
    }

    [Fact]
    public async Task Makes_the_crosswalk()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "crosswalk", Policies);
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe(await File.ReadAllTextAsync(RepositoryFiles.At("docs", "crosswalk.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Makes_no_crosswalk_of_what_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "crosswalk", folder.Path)).ExitCode.ShouldBe(2);
    }
}
