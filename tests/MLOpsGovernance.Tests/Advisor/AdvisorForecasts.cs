using MLOpsGovernance.Advisor.Learning;
using MLOpsGovernance.Advisor.Statistics;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>A forecast from one's own history is shown where there is enough of it and it is better than saying the same every time.</summary>
public sealed class AdvisorForecasts
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="signal">Whether what was known when a request was made has anything to do with what came of it.</param>
    private static List<PastRequest> Requests(int count, bool signal)
    {
        var draws = new Draws(5, "requests");
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (large, chance) = (draws.Uniform() > 0.5 ? 1.0 : 0, draws.Uniform());
            var slow = signal ? large : draws.Below(2);
            return new PastRequest(Start.AddHours(i), [large, draws.Uniform()], (slow > 0 ? 100 : 5) + (10 * draws.Uniform()), chance < (slow > 0 ? 0.8 : 0.2));
        })];
    }

    [Fact]
    public void Says_how_much_is_missing_below_the_gate()
    {
        var hours = HistoryForecast.Hours(Requests(199, true), [1, 0.5]);
        (hours.Gate.Reason, hours.Gate.Have, hours.Gate.Need, hours.Value).ShouldBe(("not_enough_data", 199, 200, null));
        var denial = HistoryForecast.Denial(Requests(150, true), [1, 0.5]);
        (denial.Gate.Reason, denial.Gate.Need, denial.Value).ShouldBe(("not_enough_data", 100, null));
        HistoryForecast.Denial([]).Gate.Have.ShouldBe(0);
    }

    [Fact]
    public void Is_shown_where_it_is_better_on_what_came_later()
    {
        var requests = Requests(600, true);
        var hours = HistoryForecast.Hours(requests, [1, 0.5]);
        hours.SkillAtLeast!.Value.ShouldBeGreaterThan(0);
        (hours.Value!.Value, HistoryForecast.Hours(requests, [0, 0.5]).Value!.Value).ShouldSatisfyAllConditions(v => v.Item1.ShouldBeInRange(90, 120), v => v.Item2.ShouldBeInRange(3, 18));
        var denial = HistoryForecast.Denial(requests, [1, 0.5]);
        denial.Value!.Value.ShouldBeInRange(0.6, 0.95);
        denial.Calibration.Sum(static b => b.Cases).ShouldBe(180);
        HistoryForecast.Hours(requests, [1, 0.5]).ShouldBeEquivalentTo(hours, "the same history says the same");
    }

    [Fact]
    public void Is_refused_where_it_is_no_better_than_saying_the_same_every_time()
    {
        var requests = Requests(600, false);
        (HistoryForecast.Hours(requests, [1, 0.5]).Gate.Reason, HistoryForecast.Hours(requests, [1, 0.5]).Value).ShouldBe(("no_better_than_baseline", null));
        (HistoryForecast.Denial(requests, [1, 0.5]).Gate.Reason, HistoryForecast.Denial(requests, [1, 0.5]).Value).ShouldBe(("no_better_than_baseline", null));
    }

    [Fact]
    public void Leaves_open_requests_out_and_says_how_many()
    {
        List<PastRequest> requests = [.. Requests(210, true), .. Requests(30, true).Select(static r => r with { Hours = null, Denied = null })];
        var hours = HistoryForecast.Hours(requests);
        (hours.Open, hours.Gate.Have).ShouldBe((30, 210));
    }
}
