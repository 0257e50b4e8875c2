using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class TryingAgain
{
    private readonly SkippingClock _clock = new();

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Helps_when_the_server_was_only_busy(int status)
    {
        await using var server = new RawServer(call => call.Number < 3 ? RawAnswer.Problem(status, "busy", "Try again.") : RawAnswer.Http(200, GateAnswers.Allow));

        (await RunAsync(server)).ExitCode.ShouldBe(0);

        server.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Helps_when_the_connection_broke()
    {
        await using var server = new RawServer(call => call.Number switch
        {
            1 => RawAnswer.Reset,
            2 => GateFaults.Of("half a body, then the end"),
            _ => RawAnswer.Http(200, GateAnswers.Allow),
        });

        (await RunAsync(server)).ExitCode.ShouldBe(0);

        server.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Helps_when_an_answer_took_too_long()
    {
        await using var server = new RawServer(call => call.Number == 1 ? RawAnswer.Hang : RawAnswer.Http(200, GateAnswers.Allow));

        (await CommandLine.RunAsync(server.Url, _clock, CommandLine.Check("--timeout", "400ms"))).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Happens_under_the_key_of_the_first_try()
    {
        await using var server = new RawServer(call => call.Number < 4 ? RawAnswer.Problem(503, "busy", "Try again.") : RawAnswer.Http(200, GateAnswers.Allow));

        await RunAsync(server);

        server.Keys.ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Is_another_question_under_another_key_when_the_command_is_run_again()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.Allow));

        await RunAsync(server);
        await RunAsync(server);

        server.Keys.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Is_left_out_where_the_answer_would_be_the_same(int status)
    {
        await using var server = new RawServer(RawAnswer.Problem(status, "some-code", "No."));

        await RunAsync(server);

        server.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ends_when_the_budget_is_spent()
    {
        await using var server = new RawServer(RawAnswer.Problem(503, "store-unavailable", "The event store cannot be reached now."));

        var ended = await CommandLine.RunAsync(server.Url, _clock, CommandLine.Check("--retry-for", "20s"));

        ended.ExitCode.ShouldBe(3);
        server.Calls.Count.ShouldBeInRange(4, 12);
        _clock.Waits.Sum(wait => wait.TotalSeconds).ShouldBeInRange(10, 20);
    }

    [Fact]
    public async Task Waits_longer_each_time_but_never_to_the_same_beat()
    {
        await using var server = new RawServer(RawAnswer.Problem(503, "busy", "Try again."));

        await CommandLine.RunAsync(server.Url, _clock, CommandLine.Check("--retry-for", "60s"));

        _clock.Waits[0].TotalSeconds.ShouldBeInRange(0.25, 0.5);
        _clock.Waits[1].TotalSeconds.ShouldBeInRange(0.5, 1);
        _clock.Waits.Skip(4).ShouldAllBe(wait => wait.TotalSeconds >= 4 && wait.TotalSeconds <= 8);
        _clock.Waits.Distinct().Count().ShouldBe(_clock.Waits.Count);
    }

    [Fact]
    public async Task Waits_as_long_as_the_server_asks()
    {
        await using var server = new RawServer(call => call.Number == 1 ? RawAnswer.Problem(429, "rate-limited", "Slow down.", "Retry-After: 17") : RawAnswer.Http(200, GateAnswers.Allow));

        (await RunAsync(server)).ExitCode.ShouldBe(0);

        _clock.Waits.ShouldBe([TimeSpan.FromSeconds(17)]);
    }

    [Fact]
    public async Task Waits_until_the_time_the_server_names()
    {
        var at = _clock.GetUtcNow().AddSeconds(12);
        await using var server = new RawServer(call => call.Number == 1 ? RawAnswer.Problem(503, "busy", "Later.", $"Retry-After: {at:R}") : RawAnswer.Http(200, GateAnswers.Allow));

        (await RunAsync(server)).ExitCode.ShouldBe(0);

        _clock.Waits.ShouldBe([TimeSpan.FromSeconds(12)]);
    }

    [Fact]
    public async Task Is_given_up_at_once_when_the_server_asks_for_more_than_the_budget()
    {
        await using var server = new RawServer(RawAnswer.Problem(503, "maintenance", "Back in an hour.", "Retry-After: 3600"));

        (await RunAsync(server)).ExitCode.ShouldBe(3);

        server.Calls.ShouldHaveSingleItem();
        _clock.Waits.ShouldBeEmpty();
    }

    private Task<Ended> RunAsync(RawServer server) => CommandLine.RunAsync(server.Url, _clock, CommandLine.Check());
}
