using MLOpsGovernance.Advisor.Learning;
using MLOpsGovernance.Advisor.Portfolios;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

public sealed record InputShare(string Input, double Share);

/// <param name="Reason">Why the shares are not shown; null where they are. Then the tornado is all there is.</param>
/// <param name="Shares">Estimates of total Sobol indices of the cost of one portfolio.</param>
public sealed record ExplanationResult(string? Reason, double Fit, double Dummy, IReadOnlyList<InputShare> Shares);

/// <summary>What drives the cost of a portfolio, learned from the runs of our own simulation and refused where it learned badly.</summary>
public static class Explanation
{
    private const string Dummy = "dummy";

    public static ExplanationResult Of(AdviceRequest request, Portfolio portfolio)
    {
        if (request.Correlations is { Count: > 0 }) return new(Gates.Surrogate(0, 0, inputsCorrelated: true).Reason, 0, 0, []);
        var drivers = new Drivers(request);
        List<(string Name, double[] Values)> inputs = [.. Inputs.All(request).Where(i => !i.Estimate.IsCertain && Touches(i.Name, portfolio)).Select(i => (i.Name, drivers.Values(i.Name, i.Estimate)!))];
        if (inputs.Count == 0) return new("nothing_varies", 1, 0, []);
        // Millions and hundredths side by side cost a tree nothing, but cost the single precision that it is stored in.
        inputs = [.. inputs.Select(static i => (i.Name, Standardised(i.Values))), (Dummy, new Draws(request.Seed, Dummy).Normals(request.Runs))];
        var cost = Standardised(new PortfolioSimulation(request).Costs(portfolio));
        double[][] rows = [.. Enumerable.Range(0, request.Runs).Select(run => (double[])[.. inputs.Select(i => i.Values[run])])];
        var train = request.Runs * 4 / 5;
        var learned = Surrogate.Of(rows[..train], cost[..train], rows[train..], cost[train..]);
        var gate = Gates.Surrogate(learned.Fit, learned.Total[^1], inputsCorrelated: false);
        return new(gate.Reason, learned.Fit, learned.Total[^1], gate.Show ? [.. inputs.SkipLast(1).Select((i, at) => new InputShare(i.Name, learned.Total[at])).OrderByDescending(static s => s.Share)] : []);
    }

    private static bool Touches(string name, Portfolio portfolio)
    {
        var parts = name.Split('.');
        if (parts[0] == "shared") return true;
        var way = portfolio[Platform.Capabilities.First(c => c.Word() == parts[0])];
        return parts.Length == 3 ? parts[1] == way.Word() : parts[1] == "valuePerMonth" || way == Way.Defer;
    }

    private static double[] Standardised(double[] values)
    {
        var (mean, spread) = (Samples.Mean(values), Math.Sqrt(Samples.Variance(values)));
        return [.. values.Select(v => spread > 0 ? (v - mean) / spread : 0)];
    }
}
