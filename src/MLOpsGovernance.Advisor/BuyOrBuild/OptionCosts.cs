using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>Present value of every option in every run, and of doing without it.</summary>
internal sealed class OptionCosts
{
    private readonly AdviceRequest _request;
    private readonly Drivers _drivers;
    private readonly double[] _rate, _payroll, _prices, _replacing;
    private readonly double _annuity, _atTheEnd;

    public OptionCosts(AdviceRequest request)
    {
        _request = request;
        _drivers = new Drivers(request);
        var shared = request.Shared;
        var years = Enumerable.Range(1, shared.HorizonYears).ToArray();
        double Discounted(int year) => Math.Pow(1 + shared.DiscountRate, -year);
        _annuity = years.Sum(Discounted);
        _atTheEnd = Discounted(shared.HorizonYears);
        _rate = Shared("engineerRate", shared.EngineerRate);
        _payroll = Each(Shared("payrollGrowth", shared.PayrollGrowth), growth => years.Sum(t => Math.Pow(1 + growth, t) * Discounted(t)));
        _prices = Each(Shared("priceEscalation", shared.PriceEscalation), growth => years.Sum(t => Math.Pow(1 + growth, t - 1) * Discounted(t)));
        var (turnover, replacement) = (Shared("turnover", shared.Turnover), Shared("replacement", shared.Replacement));
        _replacing = [.. turnover.Zip(replacement, (share, cost) => share * cost * _annuity)];
        Seam = Shared("seamCost", shared.SeamCost);
        foreach (var capability in Platform.Capabilities)
        {
            var terms = request.Capabilities[capability];
            var value = Capability(capability, "valuePerMonth", terms.ValuePerMonth);
            Costs[(capability, Way.Defer)] = Deferred(capability, terms.StatusQuo, value);
            foreach (var (way, option) in terms.Options) Costs[(capability, way)] = Had(capability, way, option, value);
        }
    }

    public Dictionary<(Capability, Way), double[]> Costs { get; } = [];

    /// <summary>Licence and support alone: what a suite discount is a share of.</summary>
    public Dictionary<(Capability, Way), double[]> Prices { get; } = [];

    public double[] Seam { get; }

    private double[] Had(Capability capability, Way way, OptionTerms option, double[] valuePerMonth)
    {
        double[]? Item(CostItem item) => _drivers.Values(Drivers.Of(capability, way, item), option.Costs.GetValueOrDefault(item));

        var (cost, price) = (new double[_drivers.Runs], new double[_drivers.Runs]);
        foreach (var item in Enum.GetValues<CostItem>())
        {
            if (Item(item) is not { } values) continue;
            for (var run = 0; run < cost.Length; run++)
            {
                cost[run] += values[run] * item switch
                {
                    CostItem.Fte => (_rate[run] * _payroll[run]) + _replacing[run],
                    CostItem.Infrastructure or CostItem.InternalAudit => _annuity,
                    CostItem.Licence or CostItem.Support => _prices[run],
                    CostItem.Exit => _atTheEnd,
                    CostItem.MonthsToLive or CostItem.ProcurementMonths => valuePerMonth[run],
                    _ => 1,
                };
                if (item is CostItem.Licence or CostItem.Support) price[run] += values[run] * _prices[run];
            }
        }

        Prices[(capability, way)] = price;
        return cost;
    }

    /// <summary>Manual hours, incidents, and the value that is never had.</summary>
    private double[] Deferred(Capability capability, StatusQuo quo, double[] valuePerMonth)
    {
        var hours = Capability(capability, "manualHoursPerMonth", quo.ManualHoursPerMonth);
        var incidents = Capability(capability, "incidentsPerYear", quo.IncidentsPerYear);
        var each = Capability(capability, "costPerIncident", quo.CostPerIncident);
        var cost = new double[_drivers.Runs];
        for (var run = 0; run < cost.Length; run++)
            cost[run] = (hours[run] * 12 / _request.Shared.HoursPerYear * _rate[run] * _payroll[run]) + (((incidents[run] * each[run]) + (valuePerMonth[run] * 12)) * _annuity);
        return cost;
    }

    private double[] Shared(string name, Estimate? estimate) => _drivers.Values(Drivers.OfAll(name), estimate) ?? new double[_drivers.Runs];

    private double[] Capability(Capability capability, string name, Estimate? estimate) => _drivers.Values(Drivers.OfCapability(capability, name), estimate) ?? new double[_drivers.Runs];

    private static double[] Each(double[] values, Func<double, double> f)
    {
        // Most requests are certain about growth: then one value serves all runs.
        if (Array.TrueForAll(values, v => v == values[0])) return [.. Enumerable.Repeat(f(values[0]), values.Length)];
        return [.. values.Select(f)];
    }
}
