using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class AskingForReadiness
{
    private const string NotReady = """
        {"model":"iris-classifier","version":1,"environment":"production","action":"deploy","ready":false,"outcome":"deny","asOf":"2026-11-23T12:00:00Z","annotations":{"release/approvers":"eve"},
         "rules":[{"policy":"release","rule":"REL-003","result":"fail","level":"mandatory","message":"needs 2 people","remediation":"Have a second person approve it.",
           "why":[{"expr":"variables.humans.size() >= 2","offset":0,"value":"false"}],"resolvable":"by-approval",
           "facts":[{"fact":"approvals[a1]","stream":"model:iris-classifier","version":7,"event":"e1","type":"version_approved","by":"eve","at":"2026-11-20T09:00:00Z"}],
           "missing":[{"what":"one more approval by ai-risk-officer","role":"ai-risk-officer","orRoles":["compliance-officer"]}]}]}
        """;

    [Fact]
    public async Task Shows_who_must_do_what_next()
    {
        var ended = await AskAsync(NotReady);

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldBe("""
            not ready  deploy iris-classifier version 1 to production
              fail  release/REL-003: needs 2 people
                    because variables.humans.size() >= 2 is false
                    from approvals[a1]: version_approved by eve, 2026-11-20T09:00:00Z (model:iris-classifier #7)
                    to do: Have a second person approve it.
              still missing:
                one more approval by ai-risk-officer (ai-risk-officer or compliance-officer)
              release/approvers: eve
              as of 2026-11-23T12:00:00Z; nothing was recorded

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Theory]
    [InlineData("""{"ready":true,"outcome":"warn","rules":[]}""", 200, 0)]
    [InlineData("""{"ready":false,"outcome":"error","rules":[]}""", 200, 3)]
    [InlineData("""{"ready":"yes"}""", 200, 1)]
    [InlineData("""{"outcome":"allow"}""", 200, 3)]
    [InlineData("""{"code":"model-unknown","detail":"There is no such model."}""", 404, 2)]
    public async Task Ends_as_the_gate_would(string body, int status, int exitCode) => (await AskAsync(body, status)).ExitCode.ShouldBe(exitCode);

    private static async Task<Ended> AskAsync(string body, int status = 200)
    {
        await using var server = new RawServer(RawAnswer.Http(status, body));
        return await CommandLine.RunAsync(server.Url, "readiness", "--model", CommandLine.Model, "--version", "1", "--environment", "production");
    }
}
