using System.Text.Json;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Portfolios;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorPlatforms;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class AdvisingOnAPlatform
{
    private static readonly AdviceResult Result = Advice.Of(Usual);

    [Fact]
    public void Looks_at_every_combination() => (Result.Feasibility.All.Count, Result.Feasibility.Feasible.Count).ShouldBe((15_625, 15_625));

    [Fact]
    public void Recommends_the_portfolio_of_the_highest_value_and_of_equals_the_cheapest()
    {
        var recommended = Result.Recommended.ShouldNotBeNull().Portfolio;
        recommended.Value.ShouldBe(Result.Feasibility.Feasible.Max(static p => p.Value), 1e-9);
        Result.Feasibility.Feasible.Where(p => p.Value > recommended.Value - 1e-9).Min(static p => p.Cost).ShouldBe(recommended.Cost, 1e-6);
        Result.Capabilities.Select(static c => c.Recommended).ShouldBe(recommended.Choice);
    }

    [Fact]
    public void Always_shows_what_things_cost_as_they_are()
    {
        Result.StatusQuo.Portfolio.Scope.ShouldBe(0);
        Result.StatusQuo.Cost.Mean.ShouldBeGreaterThan(0);
        var mandatory = Advice.Of(Usual.Under(new Constraints(Mandatory: Platform.Capabilities)));
        mandatory.StatusQuo.Cost.Mean.ShouldBe(Result.StatusQuo.Cost.Mean, 1e-6);
    }

    [Fact]
    public void Compares_only_portfolios_that_do_the_same_work()
    {
        var scope = Result.Recommended!.Portfolio.Scope;
        Result.Shortlist.ShouldAllBe(s => s.Portfolio.Scope == scope);
        Result.Shortlist.Sum(static s => s.Cost.CheapestProbability).ShouldBeInRange(0, 1 + 1e-9);
        Result.Capabilities[0].Cheapest.Values.Sum().ShouldBe(1, 1e-6, "in every run one portfolio of the scope is the cheapest");
    }

    [Fact]
    public void Says_how_much_costs_may_vary_and_how_sure_the_mean_is()
    {
        var cost = Result.Recommended!.Cost;
        (cost.P10 < cost.P50 && cost.P50 < cost.P90 && cost.P90 < cost.Tail).ShouldBeTrue();
        cost.Mean.ShouldBe(Result.Recommended.Portfolio.Cost, Math.Abs(cost.Mean) * 1e-9);
        cost.StandardError.ShouldBeInRange(1, cost.Mean * 0.02);
        Result.PerfectInformation.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Lists_what_nobody_estimated_beside_the_total_and_never_takes_it_for_nothing()
    {
        Result.Recommended!.NotEstimated.ShouldContain(static n => n.EndsWith(".dueDiligence", StringComparison.Ordinal));
        Result.Recommended.NotEstimated.ShouldNotContain(static n => n.EndsWith(".oneOff", StringComparison.Ordinal));
        Result.StatusQuo.NotEstimated.ShouldBeEmpty();
    }

    [Fact]
    public void Shows_how_much_hangs_on_one_supplier() => Result.AllBuy!.Suppliers.Values.Sum().ShouldBe(6);

    [Fact]
    public void Gives_the_same_bytes_for_the_same_seed_and_others_for_another()
    {
        var bytes = JsonSerializer.Serialize(Result);
        JsonSerializer.Serialize(Advice.Of(Usual)).ShouldBe(bytes);
        JsonSerializer.Serialize(Advice.Of(Usual with { Seed = 8 })).ShouldNotBe(bytes);
    }

    [Fact]
    public void Draws_no_input_anew_because_another_was_added()
    {
        var other = Advice.Of(Usual.With(Capability.Serving, Way.Build, CostItem.Training, Around(5_000)));
        other.AllBuy!.Cost.ShouldBe(Result.AllBuy!.Cost with { CheapestProbability = other.AllBuy.Cost.CheapestProbability, ExpectedRegret = other.AllBuy.Cost.ExpectedRegret });
    }

    [Fact]
    public void Finds_where_the_decision_flips_and_it_does_flip_there()
    {
        var drivers = DecisionDrivers.Of(Usual, Result).ShouldNotBeNull();
        var bar = drivers.Bars.First(static b => b.SwitchingValue is > 0);
        var input = Inputs.All(Usual).Single(i => i.Name == bar.Input);
        double Difference(double factor) => DecisionDrivers.Between(input.Replace(Usual, Estimate.Exactly(bar.SwitchingValue!.Value * factor)), drivers.Recommended, drivers.Other).Difference;
        (Difference(0.99) * Difference(1.01)).ShouldBeLessThan(0);
        drivers.Bars.ShouldBe(drivers.Bars.OrderByDescending(static b => b.Swing));
    }

    [Fact]
    public void Lets_inputs_move_together_where_they_do()
    {
        var correlated = Advice.Of(Usual with { Correlations = [new("registry.oss.fte", "serving.oss.fte", 0.9)] });
        correlated.Recommended!.Cost.ShouldNotBe(Result.Recommended!.Cost);
    }

    [Fact]
    public void Reads_each_of_the_ten_statements_by_the_axis_that_it_belongs_to()
    {
        var reading = Statements.Read([new("maturity", -0.5, "mean level 1.0"), new("team_shape", 1, "all four roles")], new Dictionary<string, double>(StringComparer.Ordinal), AdvisorSamples.Shipped.Statements);
        reading.Statements.Count.ShouldBe(10);
        var by = reading.Statements.ToDictionary(static s => s.Statement.Id, StringComparer.Ordinal);
        (by["BUY.3"].SpeaksFor, by["BUY.3"].Strength, by["BUY.3"].Fact).ShouldBe(("buy", 0.5, "mean level 1.0"));
        (by["BUILD.5"].SpeaksFor, by["BUILD.1"].SpeaksFor, by["BUY.1"].SpeaksFor, by["BUY.2"].Fact).ShouldBe(("neither", "build", "neither", "nothing is known"));
        (reading.Lean, reading.Reading).ShouldBe((0.25, Reading.Build));
    }

    [Theory]
    [InlineData(1_234_567, "1,200,000")]
    [InlineData(-98_760, "-99,000")]
    [InlineData(0, "0")]
    public void Shows_money_with_two_figures(double amount, string shown) => Figures.Money(amount).ShouldBe(shown);

    [Theory]
    [InlineData(0.412, "40 %")]
    [InlineData(0.01, "under 5 %")]
    [InlineData(0.99, "over 95 %")]
    [InlineData(1, "100 %")]
    [InlineData(0, "0 %")]
    public void Shows_probabilities_in_steps_of_five(double p, string shown) => Figures.Probability(p).ShouldBe(shown);
}
