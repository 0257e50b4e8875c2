using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ReviewingFromTheCommandLine
{
    private static readonly string[] Version = ["--model", "iris-classifier", "--version", "1"];

    [Theory]
    [InlineData("POST models/iris-classifier/versions/1/reviews", "{}", "request-review")]
    [InlineData("POST models/iris-classifier/versions/1/reviews", """{"note":"First model."}""", "request-review", "--note", "First model.")]
    [InlineData("POST models/iris-classifier/versions/1/approvals", """{"outcome":"approved","role":"model-validator","reason":"@home it works."}""", "approve", "--role", "model-validator", "--reason", "@home it works.")]
    [InlineData("POST models/iris-classifier/versions/1/approvals", """{"outcome":"approved","role":"r","reason":"Good.","validUntil":"2027-01-01T00:00:00Z"}""", "approve", "--role", "r", "--reason", "Good.", "--valid-until", "2027-01-01T00:00:00Z")]
    [InlineData("POST models/iris-classifier/versions/1/approvals", """{"outcome":"rejected","role":"ai-risk-officer","reason":"No."}""", "reject", "--role", "ai-risk-officer", "--reason", "No.")]
    [InlineData("POST models/iris-classifier/versions/1/approvals/a%2Fb/revocation", """{"reason":"Found a leak."}""", "revoke", "--approval", "a/b", "--reason", "Found a leak.")]
    public async Task Sends_what_was_said(string call, string body, string command, params string[] options)
    {
        await using var record = new Record();

        var ended = await record.RunAsync([command, .. Version, .. options]);

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldContain("iris-classifier version 1");
        var write = record.Writes.ShouldHaveSingleItem();
        write.Call.ShouldBe(call);
        JsonNode.DeepEquals(JsonNode.Parse(write.Body), JsonNode.Parse(body)).ShouldBeTrue(write.Body);
    }

    [Theory]
    [InlineData(403, "approver-is-author", 1)]
    [InlineData(409, "review-not-open", 1)]
    [InlineData(422, "invalid-validity", 1)]
    [InlineData(400, "invalid-request", 2)]
    [InlineData(401, "unauthenticated", 2)]
    [InlineData(404, "version-unknown", 2)]
    [InlineData(429, "rate-limited", 3)]
    [InlineData(503, "store-unavailable", 3)]
    public async Task Ends_with_the_servers_reason_when_it_is_refused(int status, string code, int exitCode)
    {
        await using var record = new Record().Answers("POST models/iris-classifier/versions/1/approvals", RawAnswer.Problem(status, code, "ann is an author."));

        var ended = await record.RunAsync(["approve", .. Version, "--role", "model-validator", "--reason", "Fine."]);

        ended.ExitCode.ShouldBe(exitCode);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldStartWith($"error: ann is an author. ({status} {code})");
    }

    [Fact]
    public async Task Names_each_field_that_is_wrong()
    {
        await using var record = new Record().Answers(
            "POST models/iris-classifier/versions/1/approvals",
            RawAnswer.Http(400, """{"title":"Bad Request","status":400,"detail":"Fields are wrong.","code":"invalid-request","errors":{"role":["must be one of model-validator."],"reason":["is too short."]}}""", "application/problem+json"));

        var ended = await record.RunAsync(["approve", .. Version, "--role", "king", "--reason", "x"]);

        ended.Error.ShouldContain("role: must be one of model-validator.");
        ended.Error.ShouldContain("reason: is too short.");
    }

    [Theory]
    [InlineData(200, "<html>signed out</html>")]
    [InlineData(201, "{}")]
    [InlineData(201, "[]")]
    [InlineData(204, "")]
    [InlineData(302, "")]
    public async Task Is_not_taken_for_done_when_the_answer_is_none(int status, string body)
    {
        await using var record = new Record().Answers("POST models/iris-classifier/versions/1/approvals", RawAnswer.Http(status, body));

        var ended = await record.RunAsync(["approve", .. Version, "--role", "model-validator", "--reason", "Fine."]);

        ended.ExitCode.ShouldBe(3);
        ended.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task Goes_nowhere_else_by_a_name_that_is_a_path(string model)
    {
        await using var record = new Record();

        (await record.RunAsync("request-review", "--model", model, "--version", "1")).ExitCode.ShouldBe(2);

        record.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_programs_exactly_what_the_server_said()
    {
        const string Answer = """{"id":"approval-1","outcome":"approved","role":"model-validator","validUntil":"2027-11-23T12:00:00Z"}""";
        await using var record = new Record().Answers("POST models/iris-classifier/versions/1/approvals", RawAnswer.Http(201, Answer));

        (await record.RunAsync(["approve", .. Version, "--role", "model-validator", "--reason", "Fine.", "-o", "json"])).Output.ShouldBe(Answer + "\n");
    }
}
