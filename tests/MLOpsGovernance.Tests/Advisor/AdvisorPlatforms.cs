using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Tests.Advisor;

/// <summary>A request in which every capability may be had in all four ways.</summary>
internal static class AdvisorPlatforms
{
    public static readonly AdviceRequest Usual = new(
        Platform.Capabilities.ToDictionary(static c => c, static c => new CapabilityTerms(
            new Dictionary<Way, OptionTerms>
            {
                [Way.Saas] = Option(8, "vendor", licence: 40_000 + (2_000 * (int)c), fte: 0.1, months: 1, places: ["us"]),
                [Way.SelfHosted] = Option(7, "other-vendor", licence: 30_000, fte: 0.3, months: 2),
                [Way.OpenSource] = Option(7, "open", licence: 0, fte: 0.5, months: 3),
                [Way.Build] = Option(c == Capability.Governance ? 9 : 5, "own", licence: 0, fte: 0.8, months: 8),
            },
            new StatusQuo(Around(60), Around(4), Around(9_000)),
            Around(5_000))),
        new SharedTerms(3, 0.08, new(110_000, 150_000), Estimate.Exactly(0.03), new(0.02, 0.08), Estimate.Exactly(0.12), Around(40_000), Around(15_000), SuiteDiscount: 0.1, SuitePoints: 2),
        new Constraints(),
        Seed: 7,
        Runs: 400);

    public static OptionTerms Option(double utility, string stack, double licence, double fte, double months, string[]? places = null) => new(
        utility, stack,
        new Dictionary<CostItem, Estimate>
        {
            [CostItem.OneOff] = Around(10_000 * months), [CostItem.Fte] = Around(fte), [CostItem.Licence] = licence == 0 ? Estimate.Exactly(0) : Around(licence), [CostItem.MonthsToLive] = Around(months), [CostItem.Exit] = Around(8_000),
        },
        places);

    public static AdviceRequest With(this AdviceRequest request, Capability capability, Way way, CostItem item, Estimate estimate) => request with
    {
        Capabilities = request.Capabilities.ToDictionary(static c => c.Key, c => c.Key != capability ? c.Value : c.Value with
        {
            Options = c.Value.Options.ToDictionary(static o => o.Key, o => o.Key != way ? o.Value : o.Value with { Costs = new Dictionary<CostItem, Estimate>(o.Value.Costs) { [item] = estimate } }),
        }),
    };

    public static AdviceRequest Under(this AdviceRequest request, Constraints constraints) => request with { Constraints = constraints };

    public static Estimate Around(double value) => new(value * 0.8, value * 1.4, value);
}
