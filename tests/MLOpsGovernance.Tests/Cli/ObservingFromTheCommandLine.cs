using System.Text.Json.Nodes;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class ObservingFromTheCommandLine : IAsyncDisposable
{
    private const string Call = "PUT environments/production/observed";

    private const string Answer = $$"""
        {"environment":"production","state":"observed","at":"2026-11-23T12:00:00Z","digest":"{{CommandLine.Digest}}","items":2,"discrepancies":[
         {"kind":"unknown-digest","digest":"{{CommandLine.Digest}}","name":"scorer","finding":"f-1"},
         {"kind":"running-not-allowed","digest":"{{CommandLine.Digest}}","name":"old","model":"credit","version":3,"finding":"f-2"}]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Record _record = new Record().Answers(Call, RawAnswer.Http(200, Answer));

    [Theory]
    [InlineData($"environment: production\nobservedAt: 2026-11-23T12:00:00Z\nsource: kubectl\nitems:\n  - {{name: scorer, digest: \"{CommandLine.Digest}\", replicas: 2}}\n")]
    [InlineData($$"""{"environment":"production","observedAt":"2026-11-23T12:00:00Z","source":"kubectl","items":[{"name":"scorer","digest":"{{CommandLine.Digest}}","replicas":2}]}""")]
    public async Task Sends_what_the_file_says(string file)
    {
        var ended = await RunAsync(file);

        ended.ExitCode.ShouldBe(0, ended.Error);
        var (call, body) = _record.Writes.ShouldHaveSingleItem();
        call.ShouldBe(Call);
        JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse($$"""{"observedAt":"2026-11-23T12:00:00Z","source":"kubectl","items":[{"name":"scorer","digest":"{{CommandLine.Digest}}","replicas":2}]}""")).ShouldBeTrue(body);
        ended.Output.ShouldContain("2 running, 2 different from what is on record");
        ended.Output.ShouldContain("credit version 3");
        ended.Output.ShouldContain("finding f-1");
    }

    [Fact]
    public async Task Is_of_now_where_the_file_gives_no_time_and_of_the_environment_named_beside_it()
    {
        (await RunAsync("items: []", "--environment", "production")).ExitCode.ShouldBe(0);

        var sent = JsonNode.Parse(_record.Writes.ShouldHaveSingleItem().Body)!;
        DateTimeOffset.Parse(sent["observedAt"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("items: []", "--environment NAME")]
    [InlineData("environment: production", "items")]
    [InlineData("environment: staging\nitems: []", "staging, not production", "--environment", "production")]
    [InlineData("environment: production\nitems: [{name: a, digest: sha256:00}]", "no digest")]
    [InlineData("environment: production\nitems: [{name: a}]", "has no digest")]
    [InlineData("environment: production\nitems: []\nnonsense: 1", "unknown key 'nonsense'")]
    public async Task Refuses_a_file_that_is_no_observation(string file, string why, params string[] options)
    {
        var ended = await RunAsync(file, options);

        ended.ExitCode.ShouldBe(2);
        ended.Error.ShouldContain(why);
        _record.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_with_the_servers_reason_when_it_is_refused()
    {
        _record.Answers(Call, RawAnswer.Problem(409, "observation-older-than-last", "It was observed already."));

        var ended = await RunAsync("environment: production\nitems: []");

        (ended.ExitCode, ended.Error.StartsWith("error: It was observed already. (409 observation-older-than-last)", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _record.DisposeAsync();
    }

    private Task<Ended> RunAsync(string file, params string[] options) => _record.RunAsync(["observe", "-f", _folder.Write("observed.yaml", file), .. options]);
}
