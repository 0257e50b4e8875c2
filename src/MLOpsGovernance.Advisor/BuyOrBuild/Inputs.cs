using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>An estimate by its name, and how to put another in its place.</summary>
public sealed record Input(string Name, Estimate Estimate, Func<AdviceRequest, Estimate, AdviceRequest> Replace);

/// <summary>Every estimate of a request, by name.</summary>
public static class Inputs
{
    public static IEnumerable<Input> All(AdviceRequest request) => Shared(request.Shared).Concat(request.Capabilities.OrderBy(static c => c.Key).SelectMany(static c => Of(c.Key, c.Value)));

    private static IEnumerable<Input> Shared(SharedTerms shared)
    {
        Input? Named(string name, Estimate? estimate, Func<SharedTerms, Estimate, SharedTerms> replace) =>
            estimate is null ? null : new(Drivers.OfAll(name), estimate, (request, e) => request with { Shared = replace(request.Shared, e) });

        return new[]
        {
            Named("engineerRate", shared.EngineerRate, static (s, e) => s with { EngineerRate = e }),
            Named("payrollGrowth", shared.PayrollGrowth, static (s, e) => s with { PayrollGrowth = e }),
            Named("priceEscalation", shared.PriceEscalation, static (s, e) => s with { PriceEscalation = e }),
            Named("turnover", shared.Turnover, static (s, e) => s with { Turnover = e }),
            Named("replacement", shared.Replacement, static (s, e) => s with { Replacement = e }),
            Named("seamCost", shared.SeamCost, static (s, e) => s with { SeamCost = e }),
        }.OfType<Input>();
    }

    private static IEnumerable<Input> Of(Capability capability, CapabilityTerms terms)
    {
        Input? Named(string name, Estimate? estimate, Func<CapabilityTerms, Estimate, CapabilityTerms> replace) =>
            estimate is null ? null : new(Drivers.OfCapability(capability, name), estimate, (request, e) => With(request, capability, t => replace(t, e)));

        var own = new[]
        {
            Named("valuePerMonth", terms.ValuePerMonth, static (t, e) => t with { ValuePerMonth = e }),
            Named("manualHoursPerMonth", terms.StatusQuo.ManualHoursPerMonth, static (t, e) => t with { StatusQuo = t.StatusQuo with { ManualHoursPerMonth = e } }),
            Named("incidentsPerYear", terms.StatusQuo.IncidentsPerYear, static (t, e) => t with { StatusQuo = t.StatusQuo with { IncidentsPerYear = e } }),
            Named("costPerIncident", terms.StatusQuo.CostPerIncident, static (t, e) => t with { StatusQuo = t.StatusQuo with { CostPerIncident = e } }),
        }.OfType<Input>();
        return own.Concat(
            from option in terms.Options.OrderBy(static o => o.Key)
            from cost in option.Value.Costs.OrderBy(static c => c.Key)
            select new Input(Drivers.Of(capability, option.Key, cost.Key), cost.Value, (request, e) => With(request, capability, t => t with
            {
                Options = t.Options.ToDictionary(static o => o.Key, o => o.Key == option.Key ? o.Value with { Costs = o.Value.Costs.ToDictionary(static c => c.Key, c => c.Key == cost.Key ? e : c.Value) } : o.Value),
            })));
    }

    private static AdviceRequest With(AdviceRequest request, Capability capability, Func<CapabilityTerms, CapabilityTerms> change) =>
        request with { Capabilities = request.Capabilities.ToDictionary(static c => c.Key, c => c.Key == capability ? change(c.Value) : c.Value) };
}
