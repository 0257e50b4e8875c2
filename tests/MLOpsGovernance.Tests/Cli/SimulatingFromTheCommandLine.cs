using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class SimulatingFromTheCommandLine
{
    private const string Begun = """{"id":"s1","state":"running","judged":0,"total":2}""";

    private const string Done = """
        {"id":"s1","state":"completed","judged":2,"total":2,"result":{"judged":2,"unjudged":0,"flipped":1,"outcomes":[{"was":"allow","now":"deny","decisions":1}],
         "rules":[{"policy":"release","rule":"REL-002","because":"rule-changed","decisions":1}],
         "flips":[{"decisionId":"d1","model":"m","version":1,"environment":"production","action":"deploy","at":"2026-11-23T12:00:00Z","was":"allow","now":"deny",
          "causes":[{"policy":"release","rule":"REL-002","was":"pass","now":"fail","because":"rule-changed","why":"REL-002 asks for something else"}]}]}}
        """;

    [Fact]
    public async Task Shows_which_decisions_would_come_out_otherwise_and_why()
    {
        var ended = await SimulateAsync([RawAnswer.Http(202, Begun), RawAnswer.Http(200, Done)]);

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe("""
            2 decisions judged again, 1 would come out otherwise
              1 from allow to deny
              release/REL-002 turned 1 (rule-changed)
            m version 1 to production, 2026-11-23T12:00:00Z: allow would be deny (decision d1)
                REL-002 asks for something else: pass would be fail

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task Ends_with_1_where_something_flips_and_that_was_asked_for() =>
        (await SimulateAsync([RawAnswer.Http(202, Begun), RawAnswer.Http(200, Done)], "--fail-on-flips")).ExitCode.ShouldBe(1);

    [Fact]
    public async Task Shows_the_place_of_every_mistake_of_a_draft_that_cannot_be_read()
    {
        var ended = await SimulateAsync([RawAnswer.Http(422, """{"status":422,"code":"policy-set-invalid","detail":"The policy set cannot be read.","policyErrors":[{"file":"a.yaml","line":3,"column":7,"code":"cel.check","message":"no such field"}]}""")]);

        ended.ExitCode.ShouldBe(1);
        ended.Error.ShouldContain("a.yaml:3:7: cel.check: no such field");
    }

    [Fact]
    public async Task Concludes_nothing_from_a_simulation_that_was_interrupted() =>
        (await SimulateAsync([RawAnswer.Http(202, Begun), RawAnswer.Http(200, """{"id":"s1","state":"interrupted"}""")])).ExitCode.ShouldBe(3);

    [Fact]
    public async Task Needs_a_folder_with_documents()
    {
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "simulate", folder.Path)).ExitCode.ShouldBe(2);
        (await CommandLine.RunAsync("http://127.0.0.1:9", "policy", "simulate", folder.At("nowhere"))).ExitCode.ShouldBe(2);
    }

    private static async Task<Ended> SimulateAsync(RawAnswer[] answers, params string[] more)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("a.yaml"), "kind: Policy\n", TestContext.Current.CancellationToken);
        var next = 0;
        await using var server = new RawServer(_ => answers[Math.Min(next++, answers.Length - 1)]);
        return await CommandLine.RunAsync(server.Url, ["policy", "simulate", folder.Path, .. more]);
    }
}
