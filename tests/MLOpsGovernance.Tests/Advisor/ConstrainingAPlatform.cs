using CsCheck;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Portfolios;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorPlatforms;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class ConstrainingAPlatform
{
    private static readonly AdviceRequest Few = Usual with { Runs = 100 };

    [Fact]
    public void Says_what_each_constraint_removed()
    {
        var effects = Advice.Of(Few.Under(new(AllowedPlaces: ["eu"], GoLiveMonths: 6, Mandatory: [Capability.Registry]))).Feasibility.Effects.ToDictionary(static e => e.Constraint, StringComparer.Ordinal);
        effects["residency"].Removed.ShouldBe([.. Platform.Capabilities.Select(static c => $"{c.Word()}.saas")]);
        effects["residency"].Portfolios.ShouldBe(15_625 - 4_096);
        effects["mandatory"].Removed.ShouldBe(["registry.defer"]);
        effects["goLiveMonths"].Portfolios.ShouldBe(15_625 - 4_096, "building takes eight months");
    }

    [Fact]
    public void Keeps_private_data_in_the_house_and_gives_no_points_for_building()
    {
        var result = Advice.Of(Few.Under(new(Private: [Capability.Serving])));
        result.Feasibility.Effects.Single().Removed.ShouldBe(["serving.saas"]);
        result.Recommended!.Portfolio[Capability.Serving].ShouldNotBe(Way.Saas);
    }

    [Fact]
    public void Removes_what_lacks_a_must_have()
    {
        var lacking = Few with
        {
            Capabilities = Few.Capabilities.ToDictionary(static c => c.Key, static c => c.Key != Capability.Governance ? c.Value : c.Value with
            {
                Options = c.Value.Options.ToDictionary(static o => o.Key, static o => o.Key == Way.Build ? o.Value : o.Value with { Unmet = ["four eyes"] }),
            }),
        };
        Advice.Of(lacking.Under(new(MustHaves: true))).Recommended!.Portfolio[Capability.Governance].ShouldBe(Way.Build);
    }

    [Fact]
    public void Names_a_smallest_set_of_constraints_that_cannot_all_hold()
    {
        var result = Advice.Of(Few.Under(new(Budget: 10, Headcount: 100, GoLiveMonths: 50, Mandatory: [Capability.Registry], AllowedPlaces: ["eu"])));
        (result.Recommended, result.Feasibility.Feasible.Count).ShouldBe((null, 0));
        result.Feasibility.Conflict.ShouldBe(["budget"], "even doing nothing costs more");
        result.Feasibility.Effects.Single(static e => e.Constraint == "budget").Relaxation!.Value.ShouldBeGreaterThan(10);
        result.StatusQuo.Cost.Mean.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Names_two_where_only_both_together_are_impossible()
    {
        var result = Advice.Of(Few.Under(new(Headcount: 0.2, GoLiveMonths: 50, Mandatory: Platform.Capabilities)));
        result.Feasibility.Conflict.ShouldBe(["mandatory", "headcount"]);
        result.Feasibility.Effects.Single(static e => e.Constraint == "headcount").Relaxation!.Value.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void Never_adds_a_portfolio()
    {
        var all = Advice.Of(Few).Feasibility.All;
        Gen.Select(Gen.Double[0, 3_000_000], Gen.Double[0, 5], Gen.Double[0, 10], Gen.Int[0, 15]).Sample((budget, headcount, months, which) =>
        {
            var some = new Constraints(Budget: (which & 1) == 0 ? null : budget, Headcount: (which & 2) == 0 ? null : headcount);
            var more = some with { GoLiveMonths = months, AllowedPlaces = (which & 4) == 0 ? null : ["eu"], Mandatory = (which & 8) == 0 ? null : [Capability.Serving] };
            var before = Feasibility.Of(Few.Under(some), all).Feasible.ToHashSet();
            Feasibility.Of(Few.Under(more), all).Feasible.ShouldAllBe(p => before.Contains(p));
        }, iter: 20);
    }

    [Fact]
    public void Of_a_smallest_conflict_every_part_is_needed() => Gen.Select(Gen.Double[100_000, 3_000_000], Gen.Double[0, 1], Gen.Double[0, 3]).Sample(static (budget, headcount, months) =>
    {
        var constraints = new Constraints(Budget: budget, Headcount: headcount, GoLiveMonths: months, Mandatory: Platform.Capabilities, AllowedPlaces: ["eu"]);
        var result = Advice.Of(Few.Under(constraints)).Feasibility;
        foreach (var left in result.Conflict)
        {
            var without = new Constraints(
                Kept(result, left, "residency") ? constraints.AllowedPlaces : null, null, Kept(result, left, "budget") ? budget : null, Kept(result, left, "headcount") ? headcount : null,
                Kept(result, left, "goLiveMonths") ? months : null, Kept(result, left, "mandatory") ? constraints.Mandatory : null);
            Feasibility.Of(Few.Under(without), result.All).Feasible.ShouldNotBeEmpty();
        }
    }, iter: 5);

    private static bool Kept(FeasibilityResult result, string left, string constraint) => constraint != left && result.Conflict.Contains(constraint);
}
