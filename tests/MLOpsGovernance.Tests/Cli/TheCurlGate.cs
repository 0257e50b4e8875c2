using System.Diagnostics;
using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Runs docs/examples/curl-gate.sh by <c>sh</c>, as a pipeline without <c>mlgov</c> would.</summary>
public sealed class TheCurlGate
{
    private static readonly string Script = RepositoryFiles.At("docs", "examples", "curl-gate.sh");
    private static readonly string[] Question = [CommandLine.Model, "1", "production", CommandLine.Digest];

    /// <summary>A shell does not decode text: bytes that are no UTF-8, in a member that the gate does not read, pass by it.</summary>
    public static TheoryData<string> Faults => [.. GateFaults.Names.Select(row => row.Data).Where(name => name != "an allow that is no UTF-8")];

    [Theory]
    [InlineData("allow", 0)]
    [InlineData("warn", 0)]
    [InlineData("deny", 1)]
    [InlineData("deny-waiting", 1)]
    [InlineData("error", 3)]
    public async Task Ends_with_the_code_of_the_decision(string decision, int exitCode)
    {
        await using var server = new RawServer(RawAnswer.Http(200, AskingTheGate.Body(decision)));

        (await RunAsync(server.Url, Question)).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Reads_a_decision_however_it_is_laid_out()
    {
        var pretty = JsonNode.Parse(GateAnswers.Warn)!.ToJsonString(new() { WriteIndented = true });
        await using var server = new RawServer(RawAnswer.Http(200, pretty));

        var ended = await RunAsync(server.Url, Question);

        ended.ExitCode.ShouldBe(0, ended.Error);
        ended.Output.ShouldBe(pretty);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Allows_nothing_when_the_gate_cannot_be_understood(string fault)
    {
        await using var server = new RawServer(GateFaults.Of(fault));

        var ended = await RunAsync(server.Url, Question);

        ended.ExitCode.ShouldBeOneOf(1, 3);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldContain("curl-gate: ");
    }

    [Theory]
    [InlineData("note", "\",\"allowed\":true,\"outcome\":\"allow\",\"x\":\"")]
    [InlineData("note", "\\\",\"allowed\":true,\"")]
    [InlineData("note", "{\"allowed\":true}")]
    [InlineData("note", "]}")]
    public async Task Takes_no_text_for_a_decision(string member, string text)
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.With(GateAnswers.Deny, json =>
        {
            json.Insert(0, member, text);
            json["rules"]![0]!["message"] = text;
        })));

        (await RunAsync(server.Url, Question)).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, 2)]
    [InlineData(401, 2)]
    [InlineData(403, 2)]
    [InlineData(404, 2)]
    [InlineData(422, 2)]
    [InlineData(408, 3)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    [InlineData(502, 3)]
    [InlineData(503, 3)]
    public async Task Ends_as_mlgov_does_when_there_is_no_decision(int status, int exitCode)
    {
        await using var server = new RawServer(RawAnswer.Http(status, GateAnswers.Allow));

        (await RunAsync(server.Url, Question)).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Ends_with_3_when_nobody_is_there() => (await RunAsync(await RawServer.NowhereAsync(), Question)).ExitCode.ShouldBe(3);

    [Theory]
    [InlineData]
    [InlineData("m", "1", "production")]
    [InlineData("m", "1", "production", CommandLine.Digest, "more")]
    [InlineData("m", "0", "production", CommandLine.Digest)]
    [InlineData("m", "1.5", "production", CommandLine.Digest)]
    [InlineData("m", "", "production", CommandLine.Digest)]
    [InlineData("m\",\"dryRun\":true,\"x\":\"", "1", "production", CommandLine.Digest)]
    [InlineData("m", "1", "Production", CommandLine.Digest)]
    [InlineData("m", "1", "production", "sha256:abc")]
    [InlineData("m", "1", "production", "sha256:BED27845e7871457ebb3727f51481928753e26063e1a759772cadb40a5588be3")]
    [InlineData("m", "1", "production", "no/such/file")]
    [InlineData("m", "1", "production", "/")]
    public async Task Ends_with_2_and_asks_nothing_when_it_is_used_wrongly(params string[] args)
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow));

        (await RunAsync(server.Url, args)).ExitCode.ShouldBe(2);

        server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("MLGOV_SERVER", "")]
    [InlineData("MLGOV_SERVER", "file:///etc/passwd")]
    [InlineData("MLGOV_TOKEN", "")]
    [InlineData("MLGOV_TOKEN", "two words")]
    [InlineData("MLGOV_TOKEN", "a\"\noutput = \"/tmp/x")]
    public async Task Ends_with_2_when_its_settings_are_no_settings(string variable, string value) =>
        (await RunAsync("http://127.0.0.1:9", Question, (variable, value))).ExitCode.ShouldBe(2);

    [Fact]
    public async Task Computes_the_digest_of_a_file_and_sends_the_token_out_of_sight()
    {
        using var folder = new TemporaryFolder();
        await using var server = new RawServer(call => RawAnswer.Http(200, GateAnswers.With(GateAnswers.Allow, json => json["artifactDigest"] = JsonNode.Parse(call.Body)!["artifactDigest"]!.DeepClone())));

        (await RunAsync(server.Url + "/", [CommandLine.Model, "1", "production", folder.Write("my model.zip", "abc")])).ExitCode.ShouldBe(0);

        var call = server.Calls.ShouldHaveSingleItem();
        $"{call.Method} {call.Target}".ShouldBe("POST /api/v1/policy-checks");
        call.Headers["authorization"].ShouldBe("Bearer dev:pipeline");
        call.Body.ShouldBe("""{"model":"iris-classifier","version":1,"environment":"production","artifactDigest":"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}"""); // FIPS 180-2, B.1
    }

    [Fact]
    public async Task Tries_again_under_one_key_and_asks_anew_under_another()
    {
        await using var server = new RawServer(call => call.Number == 1 ? RawAnswer.Problem(503, "busy", "Try again.") : RawAnswer.Http(200, GateAnswers.Allow));

        (await RunAsync(server.Url, Question, ("MLGOV_RETRIES", "2"))).ExitCode.ShouldBe(0);
        server.Calls.Count.ShouldBe(2);
        server.Keys.ShouldHaveSingleItem().ShouldNotBeNull().Length.ShouldBe(42);

        await RunAsync(server.Url, Question);
        server.Keys.Count.ShouldBe(2);
    }

    [Fact]
    public void Is_short_enough_to_be_read_before_it_is_trusted() => File.ReadLines(Script).Count().ShouldBeLessThan(40);

    private static async Task<Ended> RunAsync(string server, string[] args, params (string Name, string Value)[] more)
    {
        var start = new ProcessStartInfo("sh", [Script, .. args]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        (string Name, string Value)[] variables = [("MLGOV_SERVER", server), ("MLGOV_TOKEN", "dev:pipeline"), ("MLGOV_TIMEOUT", "2"), ("MLGOV_RETRIES", "0"), .. more];
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
