using MLOpsGovernance.Advisor.Learning;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="Value">What it is worth, before choosing, to know this input: the most that a quote or a pilot may cost.</param>
public sealed record InputValue(string Input, PartialInformationValue Value);

/// <summary>Which estimate to firm up first.</summary>
public static class InformationValues
{
    public const int Inputs = 5, Choices = 4;

    /// <summary>For the inputs with the widest swings, over the portfolios that are likeliest to be the cheapest.</summary>
    public static IReadOnlyList<InputValue> Of(AdviceRequest request, AdviceResult result, int inputs = Inputs)
    {
        if (result.Recommended is not { } recommended || DecisionDrivers.Of(request, result) is not { } drivers) return [];
        var simulation = new PortfolioSimulation(request);
        double[][] benefits =
        [
            .. result.Shortlist.Select(static s => s.Portfolio).Prepend(recommended.Portfolio).DistinctBy(Advice.Key).Take(Choices)
                .Select(p => (double[])[.. simulation.Costs(p).Select(static cost => -cost)]),
        ];
        var named = BuyOrBuild.Inputs.All(request).ToDictionary(static i => i.Name, StringComparer.Ordinal);
        var draws = new Drivers(request);
        return
        [
            .. drivers.Bars.Where(b => !named[b.Input].Estimate.IsCertain).Take(inputs)
                .Select(b => new InputValue(b.Input, PartialInformation.Of([.. draws.Values(b.Input, named[b.Input].Estimate)!.Select(static v => (double[])[v])], benefits)))
                .OrderByDescending(static v => v.Value.Value).ThenBy(static v => v.Input, StringComparer.Ordinal),
        ];
    }
}
