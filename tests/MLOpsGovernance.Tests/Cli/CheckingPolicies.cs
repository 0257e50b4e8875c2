using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using MLOpsGovernance.Tests.PolicyDocuments;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class CheckingPolicies : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CheckingPolicies()
    {
        foreach (var file in LoanRelease.Files) _folder.Write(file.Path, file.Text);
    }

    public void Dispose() => _folder.Dispose();

    private void Change(string old, string replacement)
    {
        LoanRelease.Policy.ShouldContain(old);
        _folder.Write("loan-release.yaml", LoanRelease.Policy.Replace(old, replacement, StringComparison.Ordinal));
    }

    private Task<Ended> RunAsync(params string[] more) => CommandLine.RunAsync("http://127.0.0.1:9", ["policy", "check", _folder.Path, .. more]);

    [Fact]
    public async Task Ends_with_0_and_says_how_strictly_each_policy_holds_where()
    {
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(0, ended.Output);
        ended.Output.ShouldContain("loan-release 1.2.0  Loan models need a second person and live monitoring");
        ended.Output.ShouldContain("on deploy, promote: advisory in staging, mandatory in production; 3 rules, 1 of them waivable");
        ended.Output.ShouldContain("1 policy, 3 rules, 0 errors, 0 warnings, digest sha256:");
    }

    [Fact]
    public async Task Ends_with_1_and_lists_every_mistake_with_its_place_and_what_was_meant()
    {
        Change("failurePolicy: Fail\n  enforcement:", "failurePolicy: Fai\n  enforcment:");
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain("loan-release.yaml:9:18: error document.value: 'failurePolicy' must be one of Fail, Ignore, not 'Fai'. Did you mean 'Fail'?");
        ended.Output.ShouldContain("loan-release.yaml:10:3: error document.unknown-key:");
        ended.Output.ShouldContain("Did you mean 'enforcement'?");
        ended.Output.ShouldContain("3 errors, 0 warnings; there is no policy set");
    }

    [Fact]
    public async Task Shows_warnings_and_ends_with_4_where_that_is_asked_for()
    {
        Change("datasets.size() > 0 && variables.gaps.size() == 0", "has(model.id) && datasets.size() > 0 && variables.gaps.size() == 0");
        var ended = await RunAsync();
        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldContain("warning lint.has-required: 'id' is required, so has() is always true or an error.");
        (await RunAsync("--fail-on-warn")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task Tells_programs_the_same()
    {
        Change("failurePolicy: Fail\n", "failurePolicy: Fai\n");
        var ended = await RunAsync("-o", "json");
        ended.ExitCode.ShouldBe(1);
        var json = JsonNode.Parse(ended.Output)!;
        json["digest"].ShouldBeNull();
        var error = json["errors"]!.AsArray().ShouldHaveSingleItem()!;
        error.ToJsonString().ShouldBe("""{"file":"loan-release.yaml","line":9,"column":18,"code":"document.value","message":"\u0027failurePolicy\u0027 must be one of Fail, Ignore, not \u0027Fai\u0027. Did you mean \u0027Fail\u0027?","suggestion":"Fail"}""");
    }

    [Fact]
    public async Task Finds_nothing_wrong_with_what_is_shipped()
    {
        var ended = await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "check", RepositoryFiles.At("policies"), "--fail-on-warn");
        ended.ExitCode.ShouldBe(0, ended.Output);
    }
}
