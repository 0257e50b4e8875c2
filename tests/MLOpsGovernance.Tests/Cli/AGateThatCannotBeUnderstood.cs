using System.Text;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

/// <summary>Nothing fails open: whatever is no decision ends with 3, says so, and shows nothing that a program could take for one.</summary>
public sealed class AGateThatCannotBeUnderstood
{
    public static TheoryData<string> Faults => GateFaults.Names;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Allows_nothing(string fault)
    {
        await using var server = new RawServer(GateFaults.Of(fault));

        var ended = await CommandLine.RunAsync(server.Url, TimeProvider.System, CommandLine.Check("--timeout", "400ms", "--retry-for", "0s"));

        ended.ExitCode.ShouldBe(3, ended.Error);
        ended.Output.ShouldBeEmpty();
        ended.Error.ShouldStartWith("error: ");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Leaves_nothing_for_programs_to_read(string fault)
    {
        using var folder = new Artifacts.TemporaryFolder();
        var file = folder.Write("decision.json", GateAnswers.Allow);
        await using var server = new RawServer(GateFaults.Of(fault));

        var ended = await CommandLine.RunAsync(
            server.Url, TimeProvider.System, CommandLine.Check("--timeout", "400ms", "--retry-for", "0s", "--output", "json", "--decision-file", file));

        ended.ExitCode.ShouldBe(3, ended.Error);
        ended.Output.ShouldBeEmpty();
        File.ReadAllText(file).ShouldBeEmpty("the decision of an earlier run is no decision of this one");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Gets_nothing_deployed(string fault)
    {
        await using var server = new RawServer(GateFaults.Of(fault));

        var ended = await CommandLine.RunAsync(
            server.Url, TimeProvider.System, ["deploy", .. CommandLine.Check("--timeout", "400ms", "--retry-for", "0s")[1..]]);

        ended.ExitCode.ShouldBe(3, ended.Error);
        server.Calls.ShouldAllBe(call => call.Target == "/api/v1/policy-checks");
    }

    [Fact]
    public async Task Is_not_there_at_all()
    {
        var ended = await CommandLine.RunAsync(await RawServer.NowhereAsync(), CommandLine.Check());

        ended.ExitCode.ShouldBe(3);
        ended.Error.ShouldContain("refused");
    }

    [Fact]
    public async Task Has_a_name_that_nobody_knows() =>
        (await CommandLine.RunAsync("http://gate.invalid", CommandLine.Check())).ExitCode.ShouldBe(3); // RFC 2606: never resolves

    [Fact]
    public async Task Speaks_TLS_no_better_than_plain_text()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow));

        (await CommandLine.RunAsync(server.Url.Replace("http://", "https://", StringComparison.Ordinal), TimeProvider.System, CommandLine.Check("--timeout", "2s", "--retry-for", "0s"))).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Sends_more_than_anybody_could_want()
    {
        await using var server = new RawServer(RawAnswer.Http(200, [.. Encoding.UTF8.GetBytes(GateAnswers.Allow), .. Enumerable.Repeat((byte)' ', 17 << 20)]));

        var ended = await CommandLine.RunAsync(server.Url, CommandLine.Check());

        ended.ExitCode.ShouldBe(3);
        ended.Error.ShouldContain("16 MiB");
    }

    [Fact]
    public async Task Nests_deeper_than_anybody_could_read()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow[..^1] + $",\"verdict\":{deep}}}"));

        (await CommandLine.RunAsync(server.Url, CommandLine.Check())).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Keeps_a_pipeline_no_longer_than_it_was_told_to()
    {
        await using var server = new RawServer(RawAnswer.Hang);
        var began = TimeProvider.System.GetTimestamp();

        await CommandLine.RunAsync(server.Url, TimeProvider.System, CommandLine.Check("--timeout", "300ms", "--retry-for", "0s"));

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
