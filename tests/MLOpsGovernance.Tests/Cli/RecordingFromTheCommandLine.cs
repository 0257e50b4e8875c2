using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Evidence, validations, conditions and findings: what is typed is what is sent.</summary>
public sealed class RecordingFromTheCommandLine
{
    private const string Digest = CommandLine.Digest;
    private static readonly string[] Version = ["--model", "iris-classifier", "--version", "1"];

    [Theory]
    [InlineData("POST models/iris-classifier/versions/1/evidence", $$"""{"kind":"sbom","digest":"{{Digest}}","producedAt":"2026-11-23T12:00:00Z","uri":"https://ci.example/7","validUntil":"2027-11-23T12:00:00Z","summary":"all of it"}""",
        "attach", "--kind", "sbom", "--digest", Digest, "--produced-at", "2026-11-23T12:00:00Z", "--uri", "https://ci.example/7", "--valid-until", "2027-11-23T12:00:00Z", "--summary", "all of it")]
    [InlineData("POST models/iris-classifier/versions/1/validations", """{"scope":"all","conclusion":"fit"}""", "validate", "--scope", "all", "--conclusion", "fit")]
    [InlineData("POST models/iris-classifier/versions/1/validations",
        $$"""{"scope":"all","conclusion":"fit-with-conditions","limitations":"no roses","evidence":["{{Digest}}"],"validUntil":"2027-01-01T00:00:00Z","conditions":[{"id":"recal","owner":"ann","due":"2027-01-31T00:00:00Z","title":"Recalibrate, then tell"}]}""",
        "validate", "--scope", "all", "--conclusion", "fit-with-conditions", "--limitations", "no roses", "--evidence", Digest, "--valid-until", "2027-01-01T00:00:00Z", "--condition", "recal,ann,2027-01-31T00:00:00Z,Recalibrate, then tell")]
    [InlineData("POST models/iris-classifier/versions/1/approvals",
        """{"outcome":"approved-with-conditions","role":"model-validator","reason":"Good.","validation":"v1","conditions":[{"id":"a","owner":"ann","due":"2027-01-31T00:00:00Z","title":"A"},{"id":"b","owner":"bob","due":"2027-02-28T00:00:00Z","title":"B"}]}""",
        "approve", "--role", "model-validator", "--reason", "Good.", "--validation", "v1", "--condition", "a,ann,2027-01-31T00:00:00Z,A", "--condition", "b,bob,2027-02-28T00:00:00Z,B")]
    public async Task Sends_what_was_said_of_a_version(string call, string body, string command, params string[] options) => await SentAsync(call, body, "id", [command, .. Version, .. options]);

    [Theory]
    [InlineData("POST models/iris-classifier/versions/1/conditions/recal/fulfilment", $$"""{"reason":"done","evidence":["{{Digest}}"]}""", "--condition", "recal", "--reason", "done", "--evidence", Digest)]
    [InlineData("POST models/iris-classifier/versions/1/conditions/recal/confirmation", """{"reason":"seen"}""", "--condition", "recal", "--reason", "seen", "--confirm")]
    public async Task Sends_what_was_said_of_a_condition(string call, string body, params string[] options) => await SentAsync(call, body, "conditions", ["fulfil", .. Version, .. options]);

    [Theory]
    [InlineData("POST models/m/findings", "id", """{"title":"biased","severity":"high","version":2,"owner":"bob","due":"2027-01-31T00:00:00Z","plan":"reweigh"}""",
        "open", "--title", "biased", "--severity", "high", "--version", "2", "--owner", "bob", "--due", "2027-01-31T00:00:00Z", "--plan", "reweigh")]
    [InlineData("PUT models/m/findings/f1", "findings", """{"owner":"bob"}""", "change", "--finding", "f1", "--owner", "bob")]
    [InlineData("POST models/m/findings/f1/closure", "findings", $$"""{"reason":"done","evidence":["{{Digest}}"]}""", "close", "--finding", "f1", "--reason", "done", "--evidence", Digest)]
    [InlineData("POST models/m/findings/f1/reopening", "findings", """{"reason":"it came back"}""", "reopen", "--finding", "f1", "--reason", "it came back")]
    public async Task Sends_what_was_said_of_a_finding(string call, string proof, string body, params string[] options) => await SentAsync(call, body, proof, ["finding", .. options, "--model", "m"]);

    [Fact]
    public async Task Lists_findings_by_age()
    {
        await using var record = new Record().Has("findings?limit=500&model=m&owner=bob&open=true&overdue=true",
            """{"items":[{"id":"f1","model":"m","version":2,"severity":"high","owner":"bob","title":"biased","dueAt":"2026-11-01T00:00:00Z","ageDays":22}]}""");

        var ended = await record.RunAsync(["finding", "list", "--model", "m", "--owner", "bob", "--overdue"]);

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("f1  high  m version 2  bob  due 2026-11-01T00:00:00Z, 22 days old  biased");
    }

    [Theory]
    [InlineData("exactly one of", "attach", "--kind", "sbom")]
    [InlineData("exactly one of", "attach", "--kind", "sbom", "--digest", Digest, "--file", "x")]
    [InlineData("is no digest", "attach", "--kind", "sbom", "--digest", "sha256:abc")]
    [InlineData("is no condition", "validate", "--scope", "all", "--conclusion", "fit-with-conditions", "--condition", "recal,ann")]
    [InlineData("--confirm takes none", "fulfil", "--condition", "c", "--reason", "r", "--confirm", "--evidence", Digest)]
    public async Task Sends_nothing_that_cannot_be_meant(string complaint, string command, params string[] options)
    {
        await using var record = new Record();
        var ended = await record.RunAsync([command, .. Version, .. options]);
        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain(complaint);
        record.Writes.ShouldBeEmpty();
    }

    private static async Task SentAsync(string call, string body, string proof, string[] arguments)
    {
        await using var record = new Record().Answers(call, RawAnswer.Http(200, $$"""{"{{proof}}":{{(proof == "id" ? "\"x1\"" : "[]")}}}"""));

        var ended = await record.RunAsync(arguments);

        ended.ExitCode.ShouldBe(0, ended.Error);
        var write = record.Writes.ShouldHaveSingleItem();
        write.Call.ShouldBe(call);
        JsonNode.DeepEquals(JsonNode.Parse(write.Body), JsonNode.Parse(body)).ShouldBeTrue(write.Body);
    }
}
