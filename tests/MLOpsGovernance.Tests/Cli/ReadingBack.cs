using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ReadingBack
{
    [Fact]
    public async Task Shows_the_whole_history_oldest_first_with_what_the_gate_was_asked()
    {
        await using var server = new RawServer(Trail);

        var ended = await CommandLine.RunAsync(server.Url, "history", "--model", "iris-classifier");

        ended.ExitCode.ShouldBe(0, ended.Error);
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToList();
        lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
        [
            "2026-11-23 12:00:01Z model registered ann purpose Tells flowers apart.",
            "2026-11-23 12:00:02Z policy checked pipeline version 1, environment production, outcome deny, allowed no",
            "2026-11-23 12:00:03Z version approved vera version 1, role model-validator, digest sha256:bed27845e787…",
        ]);
    }

    [Fact]
    public async Task Reads_page_after_page()
    {
        await using var server = new RawServer(call =>
        {
            var page = call.Target.Contains("cursor=", StringComparison.Ordinal) ? int.Parse(call.Target.Split("cursor=")[1], CultureInfo.InvariantCulture) : 0;
            return RawAnswer.Http(200, $$"""{"items":[{{Event(page, "team_formed", "{}")}}]{{(page < 4 ? $",\"nextCursor\":\"{page + 1}\"" : "")}}}""");
        });

        var ended = await CommandLine.RunAsync(server.Url, "history", "--stream", "team:flowers", "-o", "json");

        JsonNode.Parse(ended.Output)!["items"]!.AsArray().Select(e => e!["sequence"]!.GetValue<int>()).ShouldBe([0, 1, 2, 3, 4]);
        server.Calls.ShouldAllBe(call => call.Target.StartsWith("/api/v1/audit/events?stream=team%3Aflowers&order=asc&limit=500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ends_when_the_pages_go_round_in_a_circle()
    {
        await using var server = new RawServer(RawAnswer.Http(200, $$"""{"items":[{{Event(1, "team_formed", "{}")}}],"nextCursor":"1"}"""));

        (await CommandLine.RunAsync(server.Url, "history", "--stream", "team:flowers")).ExitCode.ShouldBe(3);
    }

    [Theory]
    [InlineData("--stream", "team:none")]
    [InlineData("--model", "none")]
    [InlineData("--model", "m", "--stream", "s")]
    [InlineData]
    public async Task Says_what_can_be_asked_for_when_there_is_nothing(params string[] options)
    {
        await using var server = new RawServer(RawAnswer.Http(200, """{"items":[]}"""));

        var ended = await CommandLine.RunAsync(server.Url, ["history", .. options]);

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain("stream", Case.Insensitive);
    }

    [Fact]
    public async Task Says_why_an_approval_no_longer_stands_and_what_is_unconfirmed()
    {
        const string Approvals = """
            [{"id":"a-1","role":"model-validator","by":"vera","at":"2026-11-23T12:00:00Z","validUntil":"2027-11-23T12:00:00Z","state":"superseded","why":[{"code":"authors-changed","why":"bob became an author"}]},
             {"id":"a-2","role":"ai-risk-officer","by":"rita","at":"2026-11-23T12:00:00Z","validUntil":"2027-11-23T12:00:00Z","state":"live","why":[]}]
            """;
        const string Version = $$"""{"model":"iris-classifier","version":1,"artifactDigest":"{{CommandLine.Digest}}","datasets":[{"name":"iris","version":"1936"}],"authors":["ann","bob"],"review":"open","recalled":true,"approvals":{{Approvals}} }""";
        await using var record = new Record()
            .Has("models/iris-classifier/versions/1", Version)
            .Has("models/iris-classifier", """{"name":"iris-classifier","team":"flowers","risk":{"state":"proposed","judged":{"euAiAct":"high","tier":1}},"findings":[{"id":"f-1","title":"Drift","severity":"high","open":true},{"id":"f-2","title":"Other version","severity":"low","version":2,"open":true}],"deployments":[{"version":1,"environment":"staging","at":"2026-11-23T12:00:00Z"}]}""")
            .Has("datasets/iris", """{"name":"iris","classification":{"state":"proposed"}}""");

        var ended = await record.RunAsync("status", "--model", "iris-classifier", "--version", "1");

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe($"""
            iris-classifier version 1, team flowers
              artifact   {CommandLine.Digest}
              risk       proposed; judged as high, tier 1
              data       iris 1936; class proposed
              authors    ann, bob
              blocked    the version is recalled
              finding    high: Drift (f-1)
              review     open
              superseded  as model-validator by vera, 2026-11-23T12:00:00Z to 2027-11-23T12:00:00Z (a-1)
                         because bob became an author (authors-changed)
              approved   as ai-risk-officer by rita, 2026-11-23T12:00:00Z to 2027-11-23T12:00:00Z (a-2)
              live       in staging since 2026-11-23T12:00:00Z

            """, StringCompareShould.IgnoreLineEndings);
        (await record.RunAsync("status", "--model", "iris-classifier", "--version", "1", "-o", "json")).Output.ShouldBe(Version + "\n");
        record.Writes.ShouldBeEmpty();
    }

    private static RawAnswer Trail(RawCall call)
    {
        string[] events = call.Target.Contains("type=policy_checked", StringComparison.Ordinal)
            ?
            [
                Event(4, "policy_checked", """{"model":"other","version":1,"environment":"production","outcome":"allow","allowed":true}"""),
                Event(2, "policy_checked", """{"model":"iris-classifier","version":1,"environment":"production","outcome":"deny","allowed":false,"factsDigest":"sha256:00"}""", "pipeline"),
            ]
            :
            [
                Event(1, "model_registered", """{"name":"iris-classifier","purpose":"Tells flowers apart.","by":"ann"}""", "ann"),
                Event(3, "version_approved", $$"""{"version":1,"role":"model-validator","digest":"{{CommandLine.Digest}}","validUntil":"2027-11-23T12:00:00Z"}""", "vera"),
            ];
        return RawAnswer.Http(200, $$"""{"items":[{{string.Join(',', events)}}]}""");
    }

    private static string Event(int sequence, string type, string data, string actor = "ann") =>
        $$"""{"id":"0199c0de-0000-7000-8000-00000000000{{sequence}}","sequence":{{sequence}},"stream":"s","version":1,"type":"{{type}}","at":"2026-11-23T12:00:0{{sequence}}Z","actor":"{{actor}}","data":{{data}} }""";
}
