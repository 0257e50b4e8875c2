using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
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

    public PortfolioSimulation(AdviceRequest request) => (_request, _options) = (request, new OptionCosts(request));

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
        var total = new double[_request.Runs];
        Add(portfolio, total, new double[_request.Runs]);
        return total;
    }

    /// <summary>One distribution for each portfolio, in their order. Parallel, and yet the same to the last bit: minima do not depend on an order, and each sum is made by one thread.</summary>
    public IReadOnlyList<CostDistribution> Distributions(IReadOnlyList<Portfolio> portfolios)
    {
        var scopes = portfolios.Select(static p => p.Scope).Distinct().ToDictionary(static s => s, _ => Filled(double.PositiveInfinity));
        var locks = scopes.Keys.ToDictionary(static s => s, static _ => new Lock());
        Parallel.For(0, portfolios.Count, Buffers, (i, _, buffers) =>
        {
            Add(portfolios[i], buffers.Total, buffers.Part);
            var (smallest, gate) = (scopes[portfolios[i].Scope], locks[portfolios[i].Scope]);
            lock (gate) TensorPrimitives.Min(smallest, buffers.Total, smallest);
            return buffers;
        }, static _ => { });

        var results = new CostDistribution[portfolios.Count];
        Parallel.For(0, portfolios.Count, Buffers, (i, _, buffers) =>
        {
            Add(portfolios[i], buffers.Total, buffers.Part);
            results[i] = Summary(buffers.Total, scopes[portfolios[i].Scope], buffers.Part);
            return buffers;
        }, static _ => { });
        return results;
    }

    private (double[] Total, double[] Part) Buffers() => (new double[_request.Runs], new double[_request.Runs]);

    private double[] Filled(double value)
    {
        var filled = new double[_request.Runs];
        Array.Fill(filled, value);
        return filled;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static CostDistribution Summary(double[] total, double[] smallest, double[] part)
    {
        var cheapest = 0;
        for (var run = 0; run < total.Length; run++) cheapest += total[run] <= smallest[run] ? 1 : 0;
        TensorPrimitives.Subtract(total, smallest, part);
        var regret = TensorPrimitives.Sum<double>(part) / total.Length;
        var mean = TensorPrimitives.Sum<double>(total) / total.Length;
        TensorPrimitives.Subtract(total, mean, part);
        var variance = TensorPrimitives.SumOfSquares<double>(part) / total.Length;
        var (p10, p50, p90, tail) = Selection.Summary(total);
        return new(mean, Math.Sqrt(variance / total.Length), p10, p50, p90, tail, (double)cheapest / total.Length, regret);
    }

    private void Add(Portfolio portfolio, double[] total, double[] part)
    {
        Array.Copy(_options.Costs[(Capability.Registry, portfolio[Capability.Registry])], total, total.Length);
        for (var c = 1; c < Platform.Capabilities.Count; c++) TensorPrimitives.Add(total, _options.Costs[((Capability)c, portfolio.Choice[c])], total);
        if (portfolio.Boundaries > 0)
        {
            TensorPrimitives.Multiply(_options.Seam, portfolio.Boundaries, part);
            TensorPrimitives.Add(total, part, total);
        }

        if (_request.Shared.SuiteDiscount == 0) return;
        foreach (var capability in InSuites(portfolio))
        {
            TensorPrimitives.Multiply(_options.Prices[(capability, portfolio[capability])], _request.Shared.SuiteDiscount, part);
            TensorPrimitives.Subtract(total, part, total);
        }
    }

    /// <summary>Capabilities that are bought from a supplier who serves enough of them for a discount.</summary>
    private IEnumerable<Capability> InSuites(Portfolio portfolio)
    {
        if (_request.Shared.SuiteDiscount == 0) return [];
        return Platform.Capabilities.Where(c => portfolio[c].IsBought()).GroupBy(c => _request.Capabilities[c].Options[portfolio[c]].Stack, StringComparer.Ordinal)
            .Where(g => g.Count() >= _request.Shared.SuiteMinimum).SelectMany(static g => g);
    }
}
