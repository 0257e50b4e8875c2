using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>The numbers that pipelines branch on.</summary>
public sealed class AskingTheGate
{
    [Theory]
    [InlineData("allow", 0)]
    [InlineData("warn", 0)]
    [InlineData("deny", 1)]
    [InlineData("deny-waiting", 1)]
    [InlineData("error", 3)]
    [InlineData("allow", 0, "--fail-on-warn")]
    [InlineData("warn", 4, "--fail-on-warn")]
    [InlineData("deny", 1, "--fail-on-warn")]
    [InlineData("error", 3, "--fail-on-warn")]
    public async Task Ends_with_the_code_of_the_decision(string decision, int exitCode, params string[] options)
    {
        await using var server = new RawServer(RawAnswer.Http(200, Body(decision)));

        (await CommandLine.RunAsync(server.Url, CommandLine.Check(options))).ExitCode.ShouldBe(exitCode);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(451)]
    public async Task Ends_with_2_when_the_server_takes_the_question_for_wrong(int status)
    {
        await using var server = new RawServer(RawAnswer.Problem(status, "some-code", "Something about the question."));

        var ended = await CommandLine.RunAsync(server.Url, CommandLine.Check());

        ended.ExitCode.ShouldBe(2);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldContain("Something about the question.");
        ended.Error.ShouldContain("some-code");
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(599)]
    public async Task Ends_with_3_when_the_server_cannot_answer(int status)
    {
        await using var server = new RawServer(RawAnswer.Problem(status, "store-unavailable", "The event store cannot be reached now."));

        var ended = await CommandLine.RunAsync(server.Url, CommandLine.Check());

        ended.ExitCode.ShouldBe(3);
        ended.Error.ShouldContain("The event store cannot be reached now.");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "--model", "m", "--version", "0", "--environment", "e", "--digest", CommandLine.Digest)]
    [InlineData("check", "--model", "m", "--version", "latest", "--environment", "e", "--digest", CommandLine.Digest)]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", "bed27845")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--artifact", ".")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--image", "registry/name:tag")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--image", CommandLine.Digest)]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--artifact", "no/such/file")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--artifact", "")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--action", "destroy")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--wait", "30")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--unheard-of")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--output", "xml")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--decision-file", "no/such/folder/decision.json")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--server", "localhost:5000")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--server", "ftp://localhost")]
    [InlineData("check", "--model", "m", "--version", "1", "--environment", "e", "--digest", CommandLine.Digest, "--token", "two words")]
    [InlineData("chekc")]
    [InlineData]
    public async Task Ends_with_2_and_asks_nothing_when_it_is_used_wrongly(params string[] args)
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow));

        var ended = await CommandLine.RunAsync(server.Url, args);

        ended.ExitCode.ShouldBe(2);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldNotBeEmpty();
        server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--server", "MLGOV_SERVER")]
    [InlineData("--token", "MLGOV_TOKEN")]
    public async Task Says_what_to_set_when_it_does_not_know_whom_to_ask(string option, string variable)
    {
        var ended = await CommandLine.RunAsync(
            (output, error) => new(output, error) { Variable = name => name == variable ? null : CommandLine.Variables("http://127.0.0.1:9")(name) }, CommandLine.Check());

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain(option);
        ended.Error.ShouldContain(variable);
    }

    [Fact]
    public async Task Sends_what_the_API_asks_for_under_a_key_and_the_token()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.With(GateAnswers.Allow, json => json["dryRun"] = true)));

        await CommandLine.RunAsync(server.Url, CommandLine.Check("--dry-run"));

        var call = server.Calls.ShouldHaveSingleItem();
        $"{call.Method} {call.Target}".ShouldBe("POST /api/v1/policy-checks");
        call.Headers["authorization"].ShouldBe("Bearer dev:pipeline");
        call.Headers["content-type"].ShouldStartWith("application/json");
        call.Key.ShouldNotBeNull().Length.ShouldBeInRange(16, 128);
        JsonNode.DeepEquals(JsonNode.Parse(call.Body), new JsonObject
        {
            ["model"] = CommandLine.Model,
            ["version"] = 1,
            ["environment"] = "production",
            ["action"] = "deploy",
            ["artifactDigest"] = CommandLine.Digest,
            ["dryRun"] = true,
        }).ShouldBeTrue(call.Body);
    }

    [Fact]
    public async Task Keeps_the_path_of_a_server_that_lies_behind_one()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow));

        await CommandLine.RunAsync(server.Url + "/governance", CommandLine.Check());

        server.Calls.ShouldHaveSingleItem().Target.ShouldBe("/governance/api/v1/policy-checks");
    }

    [Fact]
    public async Task Takes_the_digest_of_an_image_from_its_reference()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow));

        var ended = await CommandLine.RunAsync(
            server.Url, "check", "--model", CommandLine.Model, "--version", "1", "--environment", "production", "--image", $"registry.example.org/ml/iris:1.0@{CommandLine.Digest}");

        ended.ExitCode.ShouldBe(0);
        JsonNode.Parse(server.Calls.ShouldHaveSingleItem().Body)!["artifactDigest"]!.GetValue<string>().ShouldBe(CommandLine.Digest);
    }

    [Fact]
    public async Task Computes_the_digest_of_a_file_itself()
    {
        using var folder = new Artifacts.TemporaryFolder();
        await using var server = new RawServer(call => RawAnswer.Http(200, GateAnswers.With(GateAnswers.Allow, json => json["artifactDigest"] = JsonNode.Parse(call.Body)!["artifactDigest"]!.DeepClone())));

        var ended = await CommandLine.RunAsync(
            server.Url, "check", "--model", CommandLine.Model, "--version", "1", "--environment", "production", "--artifact", folder.Write("model.bin", "abc"));

        ended.ExitCode.ShouldBe(0);
        server.Calls.ShouldHaveSingleItem().Body.ShouldContain("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2, B.1
    }

    internal static string Body(string decision) => decision switch
    {
        "allow" => GateAnswers.Allow,
        "warn" => GateAnswers.Warn,
        "deny" => GateAnswers.Deny,
        "deny-waiting" => GateAnswers.DenyUntilPeopleAct,
        "error" => GateAnswers.Error,
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };
}
