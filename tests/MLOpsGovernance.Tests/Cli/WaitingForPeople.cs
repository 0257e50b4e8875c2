using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Cli;

public sealed class WaitingForPeople
{
    private readonly SkippingClock _clock = new();

    [Fact]
    public async Task Ends_when_they_have_acted()
    {
        await using var server = new RawServer(call => RawAnswer.Http(200, call.Number < 4 ? GateAnswers.DenyUntilPeopleAct : GateAnswers.Allow));

        var ended = await RunAsync(server, "30m");

        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldStartWith("allowed");
        ended.Output.ShouldNotContain("denied");
    }

    [Fact]
    public async Task Asks_under_a_new_key_each_time_or_the_first_denial_would_stand_for_ever()
    {
        await using var server = new RawServer(call => RawAnswer.Http(200, call.Number < 5 ? GateAnswers.DenyUntilPeopleAct : GateAnswers.Allow));

        await RunAsync(server, "30m");

        server.Keys.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Keeps_the_key_of_a_question_through_its_own_tries()
    {
        await using var server = new RawServer(call => call.Number switch
        {
            1 => RawAnswer.Http(200, GateAnswers.DenyUntilPeopleAct),
            2 => RawAnswer.Problem(503, "busy", "Try again."),
            _ => RawAnswer.Http(200, GateAnswers.Allow),
        });

        (await RunAsync(server, "30m")).ExitCode.ShouldBe(0);

        server.Calls[1].Key.ShouldBe(server.Calls[2].Key);
        server.Keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Looks_every_5_seconds_at_first_and_every_30_later()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.DenyUntilPeopleAct));

        await RunAsync(server, "5m");

        _clock.Waits[0].ShouldBe(TimeSpan.FromSeconds(5));
        _clock.Waits.ShouldAllBe(wait => wait <= TimeSpan.FromSeconds(30));
        _clock.Waits.Take(6).ShouldBeInOrder();
        _clock.Waits[7].ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Ends_with_the_denial_when_its_time_is_up()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.DenyUntilPeopleAct));

        var ended = await RunAsync(server, "2m");

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldStartWith("denied");
        _clock.Waits.Aggregate((sum, wait) => sum + wait).ShouldBe(TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("deny", 1)]
    [InlineData("error", 3)]
    [InlineData("allow", 0)]
    [InlineData("warn", 0)]
    public async Task Makes_no_sense_while_something_else_is_missing(string decision, int exitCode)
    {
        await using var server = new RawServer(RawAnswer.Http(200, AskingTheGate.Body(decision)));

        (await RunAsync(server, "30m")).ExitCode.ShouldBe(exitCode);

        server.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ends_when_people_have_acted_and_something_else_stands_in_the_way()
    {
        await using var server = new RawServer(call => RawAnswer.Http(200, call.Number < 3 ? GateAnswers.DenyUntilPeopleAct : GateAnswers.Deny));

        (await RunAsync(server, "30m")).ExitCode.ShouldBe(1);

        server.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Ends_with_3_when_the_gate_stops_answering_meanwhile()
    {
        await using var server = new RawServer(call => call.Number < 3 ? RawAnswer.Http(200, GateAnswers.DenyUntilPeopleAct) : RawAnswer.Problem(500, "internal-error", "Something went wrong."));

        (await RunAsync(server, "30m")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Is_not_done_unless_asked_for()
    {
        await using var server = new RawServer(RawAnswer.Http(200, GateAnswers.DenyUntilPeopleAct));

        var ended = await CommandLine.RunAsync(server.Url, _clock, CommandLine.Check());

        ended.ExitCode.ShouldBe(1);
        ended.Output.ShouldContain("--wait");
        _clock.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Prints_the_last_decision_only_when_programs_read_it()
    {
        await using var server = new RawServer(call => RawAnswer.Http(200, call.Number < 4 ? GateAnswers.DenyUntilPeopleAct : GateAnswers.Allow));

        (await CommandLine.RunAsync(server.Url, _clock, CommandLine.Check("--wait", "30m", "-o", "json"))).Output.ShouldBe(GateAnswers.Allow + "\n");
    }

    private Task<Ended> RunAsync(RawServer server, string wait) => CommandLine.RunAsync(server.Url, _clock, CommandLine.Check("--wait", wait));
}
