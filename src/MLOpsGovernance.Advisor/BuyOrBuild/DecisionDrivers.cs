using MLOpsGovernance.Advisor.Portfolios;
using MLOpsGovernance.Advisor.Uncertainty;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="Bars">Of the difference in cost, recommended less other: below zero the recommended one is the cheaper.</param>
public sealed record DecisionDriversResult(Portfolio Recommended, Portfolio Other, double Difference, IReadOnlyList<TornadoBar> Bars);

/// <summary>What the choice between two portfolios hangs on, and at which value of which input it flips.</summary>
public static class DecisionDrivers
{
    public const int Shown = 12;

    /// <summary>The recommended portfolio against the strongest rival of equal scope; null where there is none.</summary>
    public static DecisionDriversResult? Of(AdviceRequest request, AdviceResult result)
    {
        if (result.Recommended?.Portfolio is not { } recommended) return null;
        var rival = result.Shortlist.Select(static s => s.Portfolio).FirstOrDefault(p => Advice.Key(p) != Advice.Key(recommended));
        return rival is null ? null : Between(request, recommended, rival);
    }

    public static DecisionDriversResult Between(AdviceRequest request, Portfolio recommended, Portfolio other)
    {
        // Every input at its middle, and one run: the model without its uncertainty.
        var certain = Inputs.All(request).Aggregate(request with { Runs = 1, Correlations = null }, static (r, i) => i.Replace(r, Estimate.Exactly(i.Estimate.Middle)));
        double Difference(AdviceRequest at)
        {
            var simulation = new PortfolioSimulation(at);
            return simulation.Costs(recommended)[0] - simulation.Costs(other)[0];
        }

        List<Input> inputs = [.. Inputs.All(request).Where(i => Matters(i.Name, recommended, other))];
        var bars = inputs.SelectMany(input => Tornado.Of(
            [new InputRange(input.Name, input.Estimate.P10, input.Estimate.Middle, input.Estimate.P90)],
            values => Difference(input.Replace(certain, Estimate.Exactly(values[0])))));
        return new(recommended, other, Difference(certain), [.. bars.Where(static b => b.Swing > 0 || b.SwitchingValue is not null).OrderByDescending(static b => b.Swing).ThenBy(static b => b.Input, StringComparer.Ordinal).Take(Shown)]);
    }

    private static bool Matters(string name, Portfolio a, Portfolio b)
    {
        var parts = name.Split('.');
        if (parts[0] == "shared") return true;
        var capability = Platform.Capabilities.First(c => c.Word() == parts[0]);
        return a[capability] != b[capability] && (parts.Length == 2 || parts[1] == a[capability].Word() || parts[1] == b[capability].Word());
    }
}
