using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class DeployingFromAPipeline
{
    private const string Deployment = """{"id":"dep-1","model":"iris-classifier","version":1,"environment":"production","decisionId":"0199c0de-0000-7000-8000-000000000001","action":"deploy","by":"pipeline","at":"2026-11-23T12:00:01Z"}""";

    private static readonly string[] Target = ["--model", CommandLine.Model, "--version", "1", "--environment", "production"];

    [Fact]
    public async Task Is_recorded_on_a_decision_made_earlier()
    {
        await using var server = new RawServer(RawAnswer.Http(201, Deployment));

        var ended = await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--decision", "d-1"]);

        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldContain("dep-1");
        var call = server.Calls.ShouldHaveSingleItem();
        $"{call.Method} {call.Target}".ShouldBe("POST /api/v1/deployments");
        JsonNode.DeepEquals(JsonNode.Parse(call.Body), JsonNode.Parse("""{"model":"iris-classifier","version":1,"environment":"production","decisionId":"d-1"}""")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("allow", 0)]
    [InlineData("warn", 0)]
    public async Task Is_recorded_when_the_gate_allows(string decision, int exitCode)
    {
        await using var server = Gate(AskingTheGate.Body(decision));

        (await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--digest", CommandLine.Digest])).ExitCode.ShouldBe(exitCode);

        server.Calls.Select(call => call.Target).ShouldBe(["/api/v1/policy-checks", "/api/v1/deployments"]);
        JsonNode.Parse(server.Calls[1].Body)!["decisionId"]!.GetValue<string>().ShouldBe("0199c0de-0000-7000-8000-000000000001");
        server.Keys.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("deny", 1)]
    [InlineData("error", 3)]
    [InlineData("warn", 4, "--fail-on-warn")]
    public async Task Is_not_recorded_when_the_gate_does_not(string decision, int exitCode, params string[] options)
    {
        await using var server = Gate(AskingTheGate.Body(decision));

        (await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--digest", CommandLine.Digest, .. options])).ExitCode.ShouldBe(exitCode);

        server.Calls.ShouldHaveSingleItem().Target.ShouldBe("/api/v1/policy-checks");
    }

    [Theory]
    [InlineData(409, "decision-stale", 1)]
    [InlineData(409, "decision-overtaken", 1)]
    [InlineData(403, "out-of-scope", 1)]
    [InlineData(404, "decision-unknown", 2)]
    [InlineData(503, "store-unavailable", 3)]
    public async Task Ends_with_the_servers_reason_when_it_is_refused(int status, string code, int exitCode)
    {
        await using var server = new RawServer(RawAnswer.Problem(status, code, "The decision does not carry it."));

        var ended = await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--decision", "d-1"]);

        ended.ExitCode.ShouldBe(exitCode);
        ended.Error.ShouldContain("The decision does not carry it.");
        ended.Error.ShouldContain(code);
    }

    [Theory]
    [InlineData(200, "<html>signed out</html>")]
    [InlineData(201, "{}")]
    [InlineData(201, "")]
    [InlineData(202, Deployment)]
    [InlineData(204, "")]
    public async Task Is_not_taken_for_done_when_the_answer_is_none(int status, string body)
    {
        await using var server = new RawServer(RawAnswer.Http(status, body));

        var ended = await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--decision", "d-1"]);

        ended.ExitCode.ShouldBe(3);
        ended.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--digest", CommandLine.Digest)]
    [InlineData("--wait", "5m")]
    [InlineData("--fail-on-warn")]
    [InlineData("--action", "promote")]
    public async Task Takes_nothing_about_a_check_beside_a_decision(params string[] options)
    {
        await using var server = new RawServer(RawAnswer.Http(201, Deployment));

        (await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--decision", "d-1", .. options])).ExitCode.ShouldBe(2);

        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_programs_the_deployment_and_nothing_else()
    {
        await using var server = Gate(GateAnswers.Allow);

        (await CommandLine.RunAsync(server.Url, ["deploy", .. Target, "--digest", CommandLine.Digest, "-o", "json"])).Output.ShouldBe(Deployment + "\n");
    }

    [Fact]
    public async Task Goes_back_with_the_digest_on_record()
    {
        await using var server = Gate(GateAnswers.With(GateAnswers.Allow, json => json["action"] = "rollback"));

        (await CommandLine.RunAsync(server.Url, ["rollback", .. Target])).ExitCode.ShouldBe(0);

        server.Calls.Select(call => $"{call.Method} {call.Target}").ShouldBe(
            ["GET /api/v1/models/iris-classifier/versions/1", "POST /api/v1/policy-checks", "POST /api/v1/deployments"]);
        var asked = JsonNode.Parse(server.Calls[1].Body)!;
        asked["action"]!.GetValue<string>().ShouldBe("rollback");
        asked["artifactDigest"]!.GetValue<string>().ShouldBe(CommandLine.Digest);
    }

    [Fact]
    public async Task Does_not_go_back_when_the_gate_says_no()
    {
        await using var server = Gate(GateAnswers.With(GateAnswers.Deny, json => json["action"] = "rollback"));

        (await CommandLine.RunAsync(server.Url, ["rollback", .. Target])).ExitCode.ShouldBe(1);

        server.Calls.ShouldNotContain(call => call.Target == "/api/v1/deployments");
    }

    [Fact]
    public async Task Does_not_go_back_to_a_version_that_was_never_there()
    {
        await using var server = new RawServer(RawAnswer.Problem(404, "version-unknown", "iris-classifier has no version 1."));

        (await CommandLine.RunAsync(server.Url, ["rollback", .. Target])).ExitCode.ShouldBe(2);

        server.Calls.ShouldHaveSingleItem();
    }

    private static RawServer Gate(string decision) => new(call => call.Target switch
    {
        "/api/v1/policy-checks" => RawAnswer.Http(200, decision),
        "/api/v1/deployments" => RawAnswer.Http(201, Deployment),
        _ => RawAnswer.Http(200, $$"""{"model":"iris-classifier","version":1,"artifactDigest":"{{CommandLine.Digest}}","review":"open","approvals":[]}"""),
    });
}
