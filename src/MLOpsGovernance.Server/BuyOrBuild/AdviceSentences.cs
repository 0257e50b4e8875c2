using System.Globalization;
using MLOpsGovernance.Advisor.BuyOrBuild;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <summary>The recommendation in sentences, each with what it rests on.</summary>
internal static class AdviceSentences
{
    private const int MostDrivers = 3;

    public static IReadOnlyList<SentenceView> Of(AdviceRequest request, AdviceResultNumbers numbers, AxesReading reading, IReadOnlyDictionary<string, TraceView> axes, IReadOnlyList<PriceView> prices)
    {
        var inputs = Inputs.All(request).ToDictionary(i => i.Name, i => i.Estimate, StringComparer.Ordinal);
        return
        [
            .. Constraints(numbers), .. numbers.Portfolios.FirstOrDefault(p => p.Role == "recommended") is { } best ? Recommended(best, request, numbers, inputs) : Conflict(numbers),
            .. reading.Statements.Where(s => s.SpeaksFor != "neither").Select(s => new SentenceView(
                string.Create(CultureInfo.InvariantCulture, $"“{s.Statement.Text.TrimEnd('.')}” speaks for {(s.SpeaksFor == "buy" ? "buying" : "building")} here, {Strength(s.Strength)}: {s.Fact}."), [axes[s.Statement.Axis]])),
            .. prices.Count == 0 ? Array.Empty<SentenceView>() : [new($"{prices.Count(p => p.Why == "stale")} figures are older than 90 days, and {prices.Count(p => p.Why == "no-source")} have no source: firm them up before you rely on this.", [.. prices.Select(p => new TraceView("price", p.Input, p.Source, p.AsOf))])],
        ];
    }

    private static IEnumerable<SentenceView> Constraints(AdviceResultNumbers numbers) => numbers.Constraints.Where(c => c.Portfolios > 0).Select(c => new SentenceView(
        $"{c.Constraint} rules out {c.Portfolios} of {numbers.All} combinations{(c.Removed.Count > 0 ? $", with {string.Join(", ", c.Removed)}" : "")}.", [new("constraint", $"constraints.{Field(c.Constraint)}")]));

    private static IEnumerable<SentenceView> Conflict(AdviceResultNumbers numbers)
    {
        yield return new($"Nothing is feasible: {string.Join(" and ", numbers.Conflict)} cannot {(numbers.Conflict.Count == 1 ? "hold" : "all hold")}.", [.. numbers.Conflict.Select(c => new TraceView("constraint", $"constraints.{Field(c)}"))]);
        foreach (var c in numbers.Constraints.Where(c => c.Relaxation is not null))
            yield return new(string.Create(CultureInfo.InvariantCulture, $"With {c.Constraint} at {c.Relaxation:0.##}, all else as it is, something would be."), [new("constraint", $"constraints.{Field(c.Constraint)}")]);
    }

    private static IEnumerable<SentenceView> Recommended(PortfolioNumbers best, AdviceRequest request, AdviceResultNumbers numbers, Dictionary<string, Estimate> inputs)
    {
        yield return new(
            string.Create(CultureInfo.InvariantCulture, $"Of {numbers.Feasible} feasible combinations the one of the highest value ({best.Value:0.#} points) is {string.Join(", ", best.Choice.Select(c => $"{c.Key}: {c.Value}"))}."),
            [.. best.Choice.Where(c => c.Value != "defer").Select(c => new TraceView("answer", $"capabilities.{c.Key}.options.{c.Value}.utility"))]);
        yield return new(
            $"Over {request.Shared.HorizonYears} years it costs {Figures.Money(best.Cost.Mean)} on average, between {Figures.Money(best.Cost.P10)} and {Figures.Money(best.Cost.P90)} in eight cases of ten, without {best.NotEstimated.Count} items that nobody estimated.",
            [.. inputs.Where(i => Touches(i.Key, best)).Select(i => Trace(i.Key, i.Value))]);
        if (numbers.Portfolios.FirstOrDefault(p => p.Role == "statusQuo") is { } quo)
            yield return new($"Leaving everything as it is costs {Figures.Money(quo.Cost.Mean)}.", [.. inputs.Where(i => Touches(i.Key, quo)).Select(i => Trace(i.Key, i.Value))]);
        yield return new($"Among those that do the same work it is the cheapest in {Figures.Probability(best.Cost.CheapestProbability)} of the cases; on average the cheapest would save {Figures.Money(best.Cost.ExpectedRegret)}.", [new("calculation", "portfolios of equal scope")]);
        foreach (var driver in numbers.Drivers.Where(d => d is { WithinRange: true, SwitchingValue: not null }).Take(MostDrivers))
            yield return new(string.Create(CultureInfo.InvariantCulture, $"In cost the decision against its strongest rival flips where {driver.Input} is {Number(driver.SwitchingValue!.Value)}, which is within what was thought possible."), [Trace(driver.Input, inputs[driver.Input])]);
    }

    private static string Number(double value) => Math.Abs(value) >= 100 ? Figures.Money(value) : value.ToString("0.###", CultureInfo.InvariantCulture);

    private static TraceView Trace(string input, Estimate estimate) => new("price", input, estimate.Source, estimate.AsOf);

    private static bool Touches(string input, PortfolioNumbers portfolio)
    {
        var parts = input.Split('.');
        if (parts[0] == "shared") return true;
        var way = portfolio.Choice[parts[0]];
        return parts.Length == 3 ? parts[1] == way : parts[1] == "valuePerMonth" || way == "defer";
    }

    private static string Strength(double strength) => strength switch
    {
        >= 0.75 => "strongly",
        >= 0.25 => "somewhat",
        _ => "weakly",
    };

    private static string Field(string constraint) => constraint switch
    {
        "residency" => "allowedPlaces",
        "privacy" => "private",
        _ => constraint,
    };
}
