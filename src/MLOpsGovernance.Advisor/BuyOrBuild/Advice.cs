using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="NotEstimated">Items of the chosen options that nobody entered, as <c>capability.way.item</c>: the total is without them.</param>
/// <param name="Suppliers">How many capabilities hang on each stack.</param>
public sealed record PortfolioAdvice(Portfolio Portfolio, CostDistribution Cost, IReadOnlyList<string> NotEstimated, IReadOnlyDictionary<string, int> Suppliers);

/// <param name="Cheapest">How likely each way is part of the cheapest portfolio of the recommended scope.</param>
public sealed record CapabilityAdvice(Capability Capability, Way Recommended, IReadOnlyDictionary<Way, double> Cheapest);

/// <summary>One recommendation, from the portfolio result, and what it rests on.</summary>
/// <param name="Recommended">Null where nothing is feasible: then the conflict says why.</param>
/// <param name="StatusQuo">Everything as it is: always shown, feasible or not.</param>
/// <param name="Shortlist">The portfolios of the recommended scope that are likeliest to be the cheapest.</param>
/// <param name="Frontier">By cost, each of more value than every cheaper one.</param>
/// <param name="PerfectInformation">What it would be worth to know every input before choosing within the scope.</param>
public sealed record AdviceResult(
    FeasibilityResult Feasibility, PortfolioAdvice? Recommended, PortfolioAdvice StatusQuo, PortfolioAdvice? AllBuy, PortfolioAdvice? AllBuild, IReadOnlyList<PortfolioAdvice> Shortlist, IReadOnlyList<Portfolio> Frontier,
    IReadOnlyList<CapabilityAdvice> Capabilities, double PerfectInformation, ulong Seed, int Runs);

/// <summary>From a request without <see cref="AdviceFaults"/> to a recommendation.</summary>
public static class Advice
{
    public const int Shortlisted = 5;

    /// <param name="cores">How many cores it may take; the answer is the same to the last bit, however many they are.</param>
    public static AdviceResult Of(AdviceRequest request, int? cores = null)
    {
        var simulation = new PortfolioSimulation(request, cores);
        var terms = Terms(request);
        List<Portfolio> all = [.. PortfolioSpace.All(terms).Select(p => p with { Cost = simulation.MeanCost(p) })];
        var feasibility = Feasibility.Of(request, all);
        var costs = simulation.Distributions(feasibility.Feasible);
        var byChoice = feasibility.Feasible.Select((p, i) => (p, i)).ToDictionary(static p => Key(p.p), p => costs[p.i]);

        PortfolioAdvice? Advised(Portfolio? portfolio) => portfolio is null ? null : new(portfolio, byChoice[Key(portfolio)], NotEstimated(request, portfolio), Suppliers(request, portfolio));

        var best = PortfolioSpace.Best(feasibility.Feasible);
        List<Portfolio> equals = [.. feasibility.Feasible.Where(p => p.Scope == best?.Scope)];
        var quo = all.FirstOrDefault(static p => p.Scope == 0) ?? Quo(terms, simulation);
        return new(
            feasibility,
            Advised(best),
            new(quo, byChoice.GetValueOrDefault(Key(quo)) ?? simulation.Distributions([quo])[0], NotEstimated(request, quo), Suppliers(request, quo)),
            Advised(PortfolioSpace.Best(feasibility.Feasible.Where(static p => p.Choice.All(Platform.IsBought)))),
            Advised(PortfolioSpace.Best(feasibility.Feasible.Where(static p => p.Choice.All(Platform.IsMade)))),
            [.. equals.OrderByDescending(p => byChoice[Key(p)].CheapestProbability).ThenBy(p => byChoice[Key(p)].Mean).ThenBy(Key).Take(Shortlisted).Select(p => Advised(p)!)],
            PortfolioSpace.Frontier(feasibility.Feasible),
            best is null ? [] : [.. Platform.Capabilities.Select(c => new CapabilityAdvice(c, best[c], equals.GroupBy(p => p[c]).OrderBy(static g => g.Key).ToDictionary(static g => g.Key, g => Math.Min(1, g.Sum(p => byChoice[Key(p)].CheapestProbability)))))],
            // The smallest expected regret is the value of perfect information.
            equals.Count == 0 ? 0 : equals.Min(p => byChoice[Key(p)].ExpectedRegret),
            request.Seed,
            request.Runs);
    }

    /// <summary>The terms without caps: constraints are applied one by one, so that each can say what it removed.</summary>
    internal static PortfolioTerms Terms(AdviceRequest request) => new(
        Platform.Capabilities.ToDictionary(static c => c, c => (IReadOnlyDictionary<Way, CapabilityOption>)request.Capabilities[c].Options.ToDictionary(static o => o.Key, static o => Weighed(o.Value))),
        new Dictionary<Capability, IReadOnlySet<Way>>(), null, null, null, request.Shared.SeamPoints, request.Shared.SuitePoints, request.Shared.SuiteMinimum, Seam.Usual, new HashSet<Capability>());

    private static CapabilityOption Weighed(OptionTerms option)
    {
        double Middle(CostItem item) => option.Costs.GetValueOrDefault(item)?.Middle ?? 0;
        return new(option.Utility, 0, Middle(CostItem.Fte), Middle(CostItem.MonthsToLive) + Middle(CostItem.ProcurementMonths), option.Stack);
    }

    private static Portfolio Quo(PortfolioTerms terms, PortfolioSimulation simulation)
    {
        var quo = PortfolioSpace.Weigh([.. Platform.Capabilities.Select(static _ => Way.Defer)], terms);
        return quo with { Cost = simulation.MeanCost(quo) };
    }

    internal static int Key(Portfolio portfolio) => portfolio.Choice.Aggregate(0, static (key, way) => (key * Platform.Ways.Count) + (int)way);

    private static List<string> NotEstimated(AdviceRequest request, Portfolio portfolio) =>
    [
        .. Platform.Capabilities.SelectMany(c => request.Capabilities[c].Options.TryGetValue(portfolio[c], out var option)
            ? Enum.GetValues<CostItem>().Where(item => !option.Costs.ContainsKey(item)).Select(item => Drivers.Of(c, portfolio[c], item))
            : Missing(c, request.Capabilities[c])),
    ];

    private static IEnumerable<string> Missing(Capability capability, CapabilityTerms terms) =>
        new[] { ("manualHoursPerMonth", terms.StatusQuo.ManualHoursPerMonth), ("incidentsPerYear", terms.StatusQuo.IncidentsPerYear), ("costPerIncident", terms.StatusQuo.CostPerIncident), ("valuePerMonth", terms.ValuePerMonth) }
            .Where(static m => m.Item2 is null).Select(m => Drivers.OfCapability(capability, m.Item1));

    private static SortedDictionary<string, int> Suppliers(AdviceRequest request, Portfolio portfolio) => new(
        Platform.Capabilities.Where(c => portfolio[c] != Way.Defer).GroupBy(c => request.Capabilities[c].Options[portfolio[c]].Stack, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal), StringComparer.Ordinal);
}
