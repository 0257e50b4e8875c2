using MLOpsGovernance.Advisor.Portfolios;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="CheapestProbability">Among the feasible portfolios of equal scope: those that do the same work.</param>
/// <param name="ExpectedRegret">Mean of what the cheapest of these would have saved.</param>
/// <param name="Tail">Mean of the costliest twentieth (CVaR 95).</param>
/// <param name="StandardError">Of the mean.</param>
public sealed record CostDistribution(double Mean, double StandardError, double P10, double P50, double P90, double Tail, double CheapestProbability, double ExpectedRegret);

/// <summary>The cost of portfolios over all runs, with common random numbers.</summary>
internal sealed class PortfolioSimulation
{
    private readonly AdviceRequest _request;
    private readonly OptionCosts _options;

    private readonly ParallelOptions _cores;

    public PortfolioSimulation(AdviceRequest request, int? cores = null) =>
        (_request, _options, _cores) = (request, new OptionCosts(request), new() { MaxDegreeOfParallelism = cores ?? -1 });

    /// <summary>The means of options, seams and prices, of which the mean of every portfolio is made.</summary>
    public double MeanCost(Portfolio portfolio)
    {
        _means ??= _options.Costs.ToDictionary(static c => c.Key, static c => c.Value.Average());
        _meanPrices ??= _options.Prices.ToDictionary(static c => c.Key, static c => c.Value.Average());
        _meanSeam ??= _options.Seam.Average();
        return Platform.Capabilities.Sum(c => _means[(c, portfolio[c])]) + (portfolio.Boundaries * _meanSeam.Value) - (_request.Shared.SuiteDiscount * InSuites(portfolio).Sum(c => _meanPrices[(c, portfolio[c])]));
    }

    private Dictionary<(Capability, Way), double>? _means, _meanPrices;
    private double? _meanSeam;

    /// <summary>Run by run.</summary>
    public double[] Costs(Portfolio portfolio)
    {
        var at = new Workbench(_request.Runs);
        Add(portfolio, at);
        return at.Total;
    }

    /// <summary>One distribution for each portfolio, in their order. Parallel, and yet the same to the last bit: minima do not depend on an order, and each sum is made by one thread.</summary>
    public IReadOnlyList<CostDistribution> Distributions(IReadOnlyList<Portfolio> portfolios)
    {
        var scopes = portfolios.Select(static p => p.Scope).Distinct().ToDictionary(static s => s, _ => Filled(double.PositiveInfinity));
        var locks = scopes.Keys.ToDictionary(static s => s, static _ => new Lock());
        Parallel.For(0, portfolios.Count, _cores, () => new Workbench(_request.Runs), (i, _, at) =>
        {
            Add(portfolios[i], at);
            var (smallest, gate) = (scopes[portfolios[i].Scope], locks[portfolios[i].Scope]);
            lock (gate) RunLoops.KeepLower(smallest, at.Total);
            return at;
        }, static _ => { });

        var results = new CostDistribution[portfolios.Count];
        Parallel.For(0, portfolios.Count, _cores, () => new Workbench(_request.Runs), (i, _, at) =>
        {
            Add(portfolios[i], at);
            results[i] = Summary(at.Total, scopes[portfolios[i].Scope]);
            return at;
        }, static _ => { });
        return results;
    }

    private double[] Filled(double value)
    {
        var filled = new double[_request.Runs];
        Array.Fill(filled, value);
        return filled;
    }

    private static CostDistribution Summary(double[] total, double[] smallest)
    {
        var (mean, regret, cheapest) = RunLoops.Against(total, smallest);
        var variance = RunLoops.Variance(total, mean);
        var (p10, p50, p90, tail) = Selection.Summary(total);
        return new(mean, Math.Sqrt(variance / total.Length), p10, p50, p90, tail, (double)cheapest / total.Length, regret);
    }

    /// <summary>The sum of all capabilities but the last is kept from one portfolio to the next: in the order in which they come, four of five differ in the last alone.</summary>
    private void Add(Portfolio portfolio, Workbench at)
    {
        var last = Platform.Capabilities.Count - 1;
        var begun = 0;
        for (var c = 0; c < last; c++) begun = (begun * Platform.Ways.Count) + (int)portfolio.Choice[c];
        if (at.Begun != begun)
        {
            at.Begun = begun;
            Array.Copy(_options.Costs[(Capability.Registry, portfolio[Capability.Registry])], at.Beginning, at.Beginning.Length);
            for (var c = 1; c < last; c++) RunLoops.Sum(at.Beginning, _options.Costs[((Capability)c, portfolio.Choice[c])], at.Beginning);
        }

        RunLoops.Sum(at.Beginning, _options.Costs[((Capability)last, portfolio.Choice[last])], at.Total);
        if (portfolio.Boundaries > 0) RunLoops.AddTimes(at.Total, _options.Seam, portfolio.Boundaries);
        foreach (var capability in InSuites(portfolio)) RunLoops.AddTimes(at.Total, _options.Prices[(capability, portfolio[capability])], -_request.Shared.SuiteDiscount);
    }

    /// <summary>What one thread works with.</summary>
    private sealed class Workbench(int runs)
    {
        public double[] Total { get; } = new double[runs];

        public double[] Beginning { get; } = new double[runs];

        /// <summary>The choices that <see cref="Beginning"/> is the sum of; below 0 none.</summary>
        public int Begun { get; set; } = -1;
    }

    /// <summary>Capabilities that are bought from a supplier who serves enough of them for a discount.</summary>
    private IEnumerable<Capability> InSuites(Portfolio portfolio)
    {
        if (_request.Shared.SuiteDiscount == 0) return [];
        return Platform.Capabilities.Where(c => portfolio[c].IsBought()).GroupBy(c => _request.Capabilities[c].Options[portfolio[c]].Stack, StringComparer.Ordinal)
            .Where(g => g.Count() >= _request.Shared.SuiteMinimum).SelectMany(static g => g);
    }
}
