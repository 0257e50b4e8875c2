using CsCheck;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Portfolios;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Advisor.AdvisorPlatforms;

namespace MLOpsGovernance.Tests.Advisor;

public sealed class RaisingAPrice
{
    private static readonly Gen<Estimate> Estimates = Gen.Double[0, 100_000].Array[3].Select(static v => v.Order().ToArray()).Select(static v => new Estimate(v[0], v[2], v[1]));

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Never_makes_an_option_likelier_to_be_the_cheapest() =>
        Gen.Select(Any([.. Platform.Capabilities]), Any(Way.Saas, Way.SelfHosted, Way.OpenSource, Way.Build), Any(CostItem.Licence, CostItem.OneOff, CostItem.Exit, CostItem.Infrastructure), Estimates, Gen.Double[1, 4])
            .Sample(static (capability, way, item, price, more) =>
            {
                var request = Usual.With(capability, way, item, price) with { Runs = 100 };
                var dearer = request.With(capability, way, item, new(price.P10 * more, price.P90 * more, price.Middle * more));
                var (before, after) = (Cheapest(request, capability, way), Cheapest(dearer, capability, way));
                after.ShouldBeLessThanOrEqualTo(before + 1e-9);
            }, iter: 8);

    [Fact]
    public void Raises_the_estimate_in_every_draw() => Gen.Select(Estimates, Gen.Double[1, 4], Gen.Double[-4, 4]).Sample(static (price, more, z) =>
        new Estimate(price.P10 * more, price.P90 * more, price.Middle * more).At(z).ShouldBeGreaterThanOrEqualTo(price.At(z) - 1e-6));

    [Fact]
    public void An_estimate_meets_its_three_quantiles() => Estimates.Sample(static price =>
    {
        price.At(-1.2815515655446004).ShouldBe(price.P10, 1e-6);
        price.At(0).ShouldBe(price.Middle, 1e-6);
        price.At(1.2815515655446004).ShouldBe(price.P90, 1e-6);
    });

    /// <summary>Over all portfolios that do everything: they hold the same options before and after.</summary>
    private static double Cheapest(AdviceRequest request, Capability capability, Way way)
    {
        var simulation = new PortfolioSimulation(request);
        List<Portfolio> whole = [.. PortfolioSpace.All(Advice.Terms(request)).Where(static p => p.Scope == 63)];
        return simulation.Distributions(whole).Zip(whole).Where(p => p.Second[capability] == way).Sum(static p => p.First.CheapestProbability);
    }
}
