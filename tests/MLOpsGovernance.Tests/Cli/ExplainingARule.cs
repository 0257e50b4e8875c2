using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using MLOpsGovernance.Tests.PolicyDocuments;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ExplainingARule : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExplainingARule()
    {
        foreach (var file in LoanRelease.Files) _folder.Write(file.Path, file.Text);
        _folder.Write("facts.json", LoanRelease.Facts.Replace("2026-08-10T06:00:00Z", "2026-08-01T00:00:00Z", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Task<Ended> RunAsync(params string[] args) => CommandLine.RunAsync("http://127.0.0.1:9", ["policy", "explain", .. args, "--folder", _folder.Path]);

    private string[] AgainstTheFacts => ["--facts", _folder.At("facts.json"), "--now", "2026-08-10T12:00:00Z"];

    [Fact]
    public async Task Says_what_it_wants_where_how_strictly_and_what_to_do()
    {
        var ended = await RunAsync("LOAN-003");
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ReplaceLineEndings("\n").ShouldBe($"""
            LOAN-003  Drift was looked at recently
              policy      loan-release 1.2.0, critical severity, {_folder.At("loan-release.yaml")}:39:11
              asked on    deploy, promote, only where high-risk (model.riskClass == 'high')
              holds       advisory in staging, mandatory in production
              wants       Drift was looked at recently
              written as  has(monitoring.drift) && monitoring.drift.metrics.size() > 0 && has(monitoring.drift.lastEvaluatedAt) && now - monitoring.drift.lastEvaluatedAt <= params.driftAge
              looks at    monitoring.drift, monitoring.drift.lastEvaluatedAt, monitoring.drift.metrics
              if not met  Drift was not looked at recently.
              to do       Configure a drift monitor.
              waivable    for at most 720 h, approved by chief-risk-officer, with a compensating control
              supports    eu-ai-act Art. 72

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Says_why_it_fails_on_given_facts_by_the_parts_that_failed_and_their_values()
    {
        var ended = await RunAsync(["LOAN-003", .. AgainstTheFacts]);
        ended.Output.ShouldContain("here        fail (mandatory): evaluated 820800s ago");
        ended.Output.ShouldContain("because now - monitoring.drift.lastEvaluatedAt <= params.driftAge is false");
        ended.Output.ShouldContain("because monitoring.drift.lastEvaluatedAt is \"2026-08-01T00:00:00Z\"");
        ended.Output.ShouldContain("because params.driftAge is \"86400s\"");
    }

    [Fact]
    public async Task Lists_all_of_them_where_none_is_named_and_what_they_come_to_together()
    {
        var ended = await RunAsync(AgainstTheFacts);
        ended.Output.ShouldContain("LOAN-001  Approved by someone who did not build it: pass");
        ended.Output.ShouldContain("LOAN-003  Drift was looked at recently (waivable): fail, evaluated 820800s ago");
        ended.Output.ShouldContain("together: deny");
        (await RunAsync()).Output.ShouldNotContain("together");
    }

    [Fact]
    public async Task Takes_facts_as_YAML_and_the_environment_from_the_command_line()
    {
        _folder.Write("facts.yml", "release: {action: deploy, environment: production}\nmodel: {riskClass: minimal}\n");
        var ended = await RunAsync("LOAN-001", "--facts", _folder.At("facts.yml"), "--environment", "staging");
        ended.ExitCode.ShouldBe(2, "a set holds no *.yml");
        _folder.Write("elsewhere/facts.yml", File.ReadAllText(_folder.At("facts.yml")));
        File.Delete(_folder.At("facts.yml"));
        using var other = new TemporaryFolder();
        var facts = other.Write("facts.yaml", "release: {action: deploy, environment: production}\nmodel: {riskClass: minimal}\n");
        Directory.Delete(_folder.At("elsewhere"), recursive: true);
        (await RunAsync("LOAN-001", "--facts", facts, "--environment", "staging")).Output.ShouldContain("here        notApplicable (advisory)");
    }

    [Fact]
    public async Task Tells_programs_the_same()
    {
        var json = JsonNode.Parse((await RunAsync(["LOAN-003", .. AgainstTheFacts, "-o", "json"])).Output)!.AsArray().ShouldHaveSingleItem()!;
        ((string?)json["rule"], (string?)json["verdict"]!["result"], (string?)json["verdict"]!["why"]![0]!["value"]).ShouldBe(("LOAN-003", "fail", "false"));
        json["levels"]!.ToJsonString().ShouldBe("""{"staging":"advisory","production":"mandatory"}""");
    }

    [Theory]
    [InlineData("LOAN-004", "There is no rule 'LOAN-004'; the rules are LOAN-001, LOAN-002, LOAN-003.")]
    [InlineData("LOAN-001 --action deploy", "--action, --environment and --now are about --facts FILE")]
    [InlineData("LOAN-001 --facts nowhere.json", "The facts in 'nowhere.json' cannot be read")]
    [InlineData("LOAN-001 --facts x --now yesterday", "'yesterday' is no instant")]
    public async Task Ends_with_2_where_there_is_nothing_to_explain(string args, string why)
    {
        var ended = await RunAsync(args.Split(' '));
        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain(why);
    }
}
