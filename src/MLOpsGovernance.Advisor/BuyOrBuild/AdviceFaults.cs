using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>What in a request cannot be used, each with its field and what is allowed.</summary>
public static class AdviceFaults
{
    public static IReadOnlyList<InputFault> Of(AdviceRequest request) =>
    [
        .. Platform.Capabilities.Where(c => !request.Capabilities.ContainsKey(c)).Select(static c => new InputFault($"capabilities.{c.Word()}", "capability-missing", "Every capability is stated, if only with what it costs to do without.")),
        .. request.Capabilities.SelectMany(static c => Capability(c.Value, $"capabilities.{c.Key.Word()}")),
        .. Shared(request.Shared),
        .. Limits(request.Constraints),
        .. Runs(request),
        .. Correlated(request),
    ];

    private static IEnumerable<InputFault> Capability(CapabilityTerms terms, string at)
    {
        foreach (var (way, option) in terms.Options)
        {
            var here = $"{at}.options.{way.Word()}";
            if (way == Way.Defer) yield return new(here, "deferring-is-no-option", "What deferring costs is the status quo of the capability.");
            if (option.Utility is not (>= 0 and <= 10)) yield return new($"{here}.utility", "utility-out-of-range", "Utility is 0 to 10 points.");
            if (string.IsNullOrWhiteSpace(option.Stack)) yield return new($"{here}.stack", "stack-missing", "An option names whose it is, if only 'own'.");
            foreach (var fault in option.Costs.SelectMany(c => c.Value.Faults($"{here}.costs.{Word(c.Key)}"))) yield return fault;
        }

        foreach (var fault in Of(terms.ValuePerMonth, $"{at}.valuePerMonth")
            .Concat(Of(terms.StatusQuo.ManualHoursPerMonth, $"{at}.statusQuo.manualHoursPerMonth"))
            .Concat(Of(terms.StatusQuo.IncidentsPerYear, $"{at}.statusQuo.incidentsPerYear"))
            .Concat(Of(terms.StatusQuo.CostPerIncident, $"{at}.statusQuo.costPerIncident"))) yield return fault;
    }

    private static IEnumerable<InputFault> Shared(SharedTerms shared)
    {
        if (shared.HorizonYears is < 1 or > AdviceRequest.LongestHorizon) yield return new("shared.horizonYears", "horizon-out-of-range", "The horizon is 1 to 30 years.");
        if (shared.DiscountRate is not (> -0.5 and <= 1)) yield return new("shared.discountRate", "rate-out-of-range", "The discount rate lies above -0.5 and is at most 1; 0.08 stands for 8 %.");
        if (shared.SuiteDiscount is not (>= 0 and <= 1)) yield return new("shared.suiteDiscount", "share-out-of-range", "A share is 0 to 1.");
        if (shared.SuiteMinimum is < 2 or > 6) yield return new("shared.suiteMinimum", "suite-out-of-range", "A suite serves 2 to 6 capabilities.");
        if (shared.SeamPoints is not (>= 0 and <= 10)) yield return new("shared.seamPoints", "points-out-of-range", "Points are 0 to 10.");
        if (shared.SuitePoints is not (>= 0 and <= 10)) yield return new("shared.suitePoints", "points-out-of-range", "Points are 0 to 10.");
        if (shared.HoursPerYear is not (> 0 and <= 8784)) yield return new("shared.hoursPerYear", "hours-out-of-range", "A year of work has more than 0 and at most 8,784 hours.");
        foreach (var (estimate, at) in new[]
        {
            (shared.EngineerRate, "engineerRate"), (shared.PayrollGrowth, "payrollGrowth"), (shared.PriceEscalation, "priceEscalation"), (shared.Turnover, "turnover"), (shared.Replacement, "replacement"), (shared.SeamCost, "seamCost"),
        })
        {
            foreach (var fault in Of(estimate, $"shared.{at}")) yield return fault;
        }

        foreach (var (share, at) in new[] { (shared.PayrollGrowth, "payrollGrowth"), (shared.PriceEscalation, "priceEscalation"), (shared.Turnover, "turnover") })
        {
            if (share?.P90 > 1) yield return new($"shared.{at}", "share-out-of-range", "A yearly share is at most 1; 0.03 stands for 3 %.");
        }
    }

    private static IEnumerable<InputFault> Limits(Constraints constraints) =>
        new[] { (constraints.Budget, "budget"), (constraints.Headcount, "headcount"), (constraints.GoLiveMonths, "goLiveMonths") }
            .Where(static c => c.Item1 is { } cap && !(double.IsFinite(cap) && cap >= 0))
            .Select(static c => new InputFault($"constraints.{c.Item2}", "cap-out-of-range", "A cap is a finite number, 0 or more."));

    private static IEnumerable<InputFault> Runs(AdviceRequest request)
    {
        if (request.Runs is < AdviceRequest.FewestRuns or > AdviceRequest.MostRuns) yield return new("runs", "runs-out-of-range", "A simulation makes 100 to 100,000 runs.");
    }

    private static IEnumerable<InputFault> Correlated(AdviceRequest request)
    {
        var known = Drivers.Names(request);
        var wrong = false;
        foreach (var (correlation, i) in (request.Correlations ?? []).Select(static (c, i) => (c, i)))
        {
            var at = $"correlations[{i}]";
            wrong = true;
            if (!known.Contains(correlation.A) || !known.Contains(correlation.B)) yield return new(at, "unknown-input", $"Inputs are named as in {known.Order(StringComparer.Ordinal).FirstOrDefault() ?? "shared.engineerRate"}.");
            else if (correlation.A == correlation.B) yield return new(at, "correlated-with-itself", "Two different inputs move together.");
            else if (correlation.Rho is not (> -1 and < 1)) yield return new($"{at}.rho", "correlation-out-of-range", "A correlation lies strictly between -1 and 1.");
            else wrong = false;
            if (wrong) yield break;
        }

        if (request.Correlations is { Count: > 0 } all && Drivers.Factor(all) is null) yield return new("correlations", "correlations-contradict", "These correlations cannot all hold at once (their matrix is not positive definite).");
    }

    private static IEnumerable<InputFault> Of(Estimate? estimate, string at) => estimate?.Faults(at) ?? [];

    internal static string Word(CostItem item) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(item.ToString());
}
