using System.Text.Json;
using MLOpsGovernance.Advisor.Money;
using MLOpsGovernance.Advisor.Uncertainty;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorMoneyMethods
{
    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["npv"] = static i => new { npv = Flows.PresentValue(i.Number("rate"), i.Numbers("flows"), i.Whole("first_flow_period")) },
        ["irr"] = static i => Flows.RatesOfReturn(i.Numbers("flows")) is var rates ? new { irr = rates.Count == 0 ? null : (double?)rates.MinBy(Math.Abs), all = rates } : null,
        ["tco"] = static i => OwnershipCost.Of(new(
            i.Whole("years"), i.Number("one_off"), i.Number("fte"), i.Number("rate"), i.Number("payroll_growth"), i.Number("infra"), i.Number("licence"), i.Number("support"), i.Number("exit"), i.Number("discount_rate"))) is var c
            ? new { cost_by_year = c.ByYear, undiscounted = c.Undiscounted, npv_cost = c.PresentValue } : null,
        ["tco.item_sum"] = static i => new { total = i.Named("items").Sum(static item => item.Value.GetDouble()) },
        ["switching_value"] = Switch,
        ["delay_cost"] = static i => new { cost = Switching.DelayCost(i.Number("value_per_month"), i.Number("months_to_live")) },
        ["tornado.linear"] = Bars,
        ["pert.mean"] = static i => new { mean = Pert.Mean(i.Number("low"), i.Number("mode"), i.Number("high")) },
        ["lognormal.from_p10_p90"] = static i => Lognormal.FromP10P90(i.Number("p10"), i.Number("p90")) is var l ? new { mu = l.Mu, sigma = l.Sigma, median = l.Median, mean = l.Mean } : null,
        ["tree.two_stage"] = static i => StagedPlan.Of(
            i.Number("pilot_now"), i.Number("p_unique"), i.Number("then_build"), i.Number("then_stay"), i.Number("rate"), i.Number("commit_build"), i.Number("commit_buy")) is var s
            ? new { pilot_cost = s.PilotCost, best = s.Best, value_of_waiting = s.ValueOfWaiting } : null,
    };

    private static object Switch(JsonElement input)
    {
        var (build, buy, rate, rateBuy) = (input.Number("fixed_build"), input.Number("fixed_buy"), input.Number("rate_build", 0), input.Number("rate_buy", 0));
        var units = Switching.Units(build, buy, rate, rateBuy);
        var @base = input.Number("base_units");
        return new { switching_units = units, switching_amount = units * (rate - rateBuy), cheaper_at_base = build + (@base * rate) <= buy + (@base * rateBuy) ? "build" : "buy" };
    }

    private static object Bars(JsonElement input)
    {
        var coefficients = input.GetProperty("coefficients");
        InputRange[] ranges = [.. input.Named("inputs").Select(static i => new InputRange(i.Name, i.Value.Number("low"), i.Value.Number("base"), i.Value.Number("high")))];
        double Output(IReadOnlyList<double> values) => input.Number("constant", 0) + ranges.Select((r, i) => coefficients.Number(r.Input) * values[i]).Sum();
        return new
        {
            @base = Output([.. ranges.Select(static r => r.Base)]),
            bars = Tornado.Of(ranges, Output).Select(static b => new { input = b.Input, at_low = b.AtLow, at_high = b.AtHigh, swing = b.Swing, switching_value = b.SwitchingValue, switches_within_range = b.SwitchesWithinRange }),
        };
    }
}
