using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class JudgingFromTheCommandLine
{
    private const string Run = """{"id":"r-1","trigger":"demand","policySet":"sha256:00","deployments":2,"failing":1,"failures":1,"opened":1,"vanished":0,"takedowns":1,"requestedBy":"carl","startedAt":"2026-11-23T12:00:00Z","endedAt":"2026-11-23T12:00:01Z"}""";

    private const string Found = """
        [{"deployment":"d-1","model":"credit","version":3,"environment":"production","stage":"full","outcome":"deny","compliant":false,"failures":[{"policy":"release","rule":"REL-002","result":"fail","level":"mandatory","message":"nobody approved it","missing":[{"what":"one more approval","role":"model-validator"}],"resolvable":"by-approval","finding":"f-1"},{"policy":"monitoring","rule":"MON-01","result":"fail","level":"advisory","message":"nobody looks","missing":[],"resolvable":"by-change"}],"waived":["release/REL-011"],"takedownAskedAt":"2026-11-23T12:00:00Z"},
         {"deployment":"d-2","model":"loans","version":1,"environment":"staging","stage":"full","outcome":"allow","compliant":true,"failures":[],"waived":[]}]
        """;

    private const string Text = """
        demand run r-1 at 2026-11-23T12:00:01Z: 2 running, 1 not to be let in now, 1 new findings, 0 remedied, 1 to be taken down
          fails  credit version 3 in production
                to be taken down, since 2026-11-23T12:00:00Z
                fail  release/REL-002: nobody approved it; finding f-1
                  missing: one more approval (model-validator)
                warning  monitoring: MON-01
                waived  release/REL-011
          holds  loans version 1 in staging

        """;

    [Fact]
    public async Task Says_what_does_not_hold_and_what_is_missing()
    {
        await using var record = new Record().Answers("POST compliance/runs", RawAnswer.Http(201, $$"""{"run":{{Run}},"results":{{Found}}}"""));
        var ended = await record.RunAsync("compliance", "run");
        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe(Text, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task Shows_the_latest_run_again()
    {
        await using var record = new Record().Has("compliance/estate?limit=500&model=credit&environment=production&compliant=false", $$"""{"run":{{Run}},"items":{{Found}}}""").Has("compliance/estate?limit=500", """{"items":[]}""");
        (await record.RunAsync("compliance", "show", "--model", "credit", "--environment", "production", "--failing")).Output.ShouldBe(Text, StringCompareShould.IgnoreLineEndings);
        (await record.RunAsync("compliance", "show")).Output.Trim().ShouldBe("Nothing was judged yet.");
    }
}
