using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <summary>One recommendation, from the portfolio result, and what each of its sentences rests on. Money has two significant figures, probabilities go in steps of five percent; the export has all digits.</summary>
/// <param name="Request">Digest of everything that it rests on.</param>
/// <param name="Result">Digest of what it came to, in full precision.</param>
/// <param name="Choice">The way of each capability; left out where nothing is feasible.</param>
/// <param name="Conflict">Where nothing is feasible: a smallest set of constraints that cannot all hold.</param>
/// <param name="StatusQuo">Everything as it is; always shown.</param>
/// <param name="Drivers">What the choice against the strongest rival hangs on, and where it flips.</param>
/// <param name="PerfectInformation">What it would be worth to know everything before choosing.</param>
/// <param name="Prices">Estimates that are stale or have no source.</param>
/// <param name="Appendix">Would another method disagree?</param>
internal sealed record AdviceView(
    string Id, string? Team, string? Assessment, string Request, string Result, long Seed, int Runs, string By, DateTimeOffset At, IReadOnlyDictionary<string, string>? Choice, IReadOnlyList<SentenceView> Sentences,
    int Portfolios, int Feasible, IReadOnlyList<ConstraintView> Constraints, IReadOnlyList<string> Conflict, PortfolioView? Recommended, PortfolioView StatusQuo, PortfolioView? AllBuy, PortfolioView? AllBuild,
    IReadOnlyList<PortfolioView> Shortlist, IReadOnlyList<CapabilityView> Capabilities, IReadOnlyList<DriverView> Drivers, string PerfectInformation, IReadOnlyList<AxisView> Axes, string? Lean, IReadOnlyList<StatementReadingView> Statements,
    IReadOnlyList<PriceView> Prices, AppendixView? Appendix);

/// <param name="RestsOn">Where it comes from: an input by name with its source, a constraint, an assessment, an axis.</param>
internal sealed record SentenceView(string Text, IReadOnlyList<TraceView> RestsOn);

/// <param name="Kind"><c>price</c>, <c>constraint</c>, <c>answer</c>, <c>event</c>, <c>word</c> or <c>calculation</c>.</param>
/// <param name="Name">Of the input, the constraint, the question or the stream.</param>
internal sealed record TraceView(string Kind, string Name, string? Source = null, DateOnly? AsOf = null);

/// <param name="Relaxation">The least that it alone would have to give way for something to be feasible.</param>
internal sealed record ConstraintView(string Constraint, IReadOnlyList<string> Removed, int Portfolios, double? Relaxation);

/// <param name="NotEstimated">Items of what was chosen that nobody entered: the totals are without them.</param>
/// <param name="Suppliers">How many capabilities hang on each stack.</param>
internal sealed record PortfolioView(
    IReadOnlyDictionary<string, string> Choice, double Value, string Mean, string P10, string P50, string P90, string Tail, string CheapestProbability, string ExpectedRegret, double Fte, double Months, int Seams,
    IReadOnlyList<string> NotEstimated, IReadOnlyDictionary<string, int> Suppliers);

/// <param name="Cheapest">How likely each way is part of the cheapest portfolio that does the same work.</param>
internal sealed record CapabilityView(string Capability, string Recommended, IReadOnlyDictionary<string, string> Cheapest);

/// <param name="Switches">At which value the decision flips; left out where it never does.</param>
internal sealed record DriverView(string Input, string AtLow, string AtHigh, double? Switches, bool WithinRange);

internal sealed record AxisView(string Axis, double? Value, string Origin);

internal sealed record StatementReadingView(string Id, string Side, string Statement, string Axis, string SpeaksFor, double Strength, string Fact);

/// <param name="Why"><c>stale</c> or <c>no-source</c>.</param>
internal sealed record PriceView(string Input, string Why, string? Source, DateOnly? AsOf);

internal sealed record AppendixView(OtherMethodsView? Methods, ComparisonsView? Comparisons);

internal sealed record OtherMethodsView(IReadOnlyDictionary<string, double> WeightedSums, IReadOnlyDictionary<string, double> Closeness, IReadOnlyList<string> Reversals, string BestBySum, string BestByTopsis, bool Disagree);

/// <param name="Consistent">Whether the ratio is at most 0.10, by the table of Saaty 2005.</param>
internal sealed record ComparisonsView(IReadOnlyDictionary<string, double> Weights, double LargestEigenvalue, IReadOnlyDictionary<string, double?> Ratio, bool Consistent, IReadOnlyList<string>? WorstTriple);

/// <summary>All digits: what was asked and what it came to.</summary>
internal sealed record AdviceExport(string Id, KeptAdvice Advice, AdviceResultNumbers Result);

/// <summary>What a recommendation rests on, as it is kept.</summary>
/// <param name="Today">Prices are stale as of this day.</param>
internal sealed record KeptAdvice(AdviceBody Request, IReadOnlyList<KeptAxis> Facts, DateOnly Today);

/// <summary>What a fact says on an axis: from an assessment as it was then.</summary>
internal sealed record KeptAxis(string Axis, double Value, string Origin, TraceView Trace);

/// <summary>What the reckoning came to, without any rounding.</summary>
internal sealed record AdviceResultNumbers(
    IReadOnlyList<PortfolioNumbers> Portfolios, IReadOnlyList<ConstraintView> Constraints, IReadOnlyList<string> Conflict, int All, int Feasible, IReadOnlyList<CapabilityNumbers> Capabilities, IReadOnlyList<DriverNumbers> Drivers,
    double PerfectInformation, IReadOnlyList<FrontierNumbers> Frontier);

/// <param name="Role"><c>recommended</c>, <c>statusQuo</c>, <c>allBuy</c>, <c>allBuild</c> or <c>shortlist</c>.</param>
internal sealed record PortfolioNumbers(
    string Role, IReadOnlyDictionary<string, string> Choice, double Value, CostDistribution Cost, double Fte, double Months, int Seams, IReadOnlyList<string> NotEstimated, IReadOnlyDictionary<string, int> Suppliers);

internal sealed record CapabilityNumbers(string Capability, string Recommended, IReadOnlyDictionary<string, double> Cheapest);

internal sealed record DriverNumbers(string Input, double AtLow, double AtHigh, double? SwitchingValue, bool WithinRange);

internal sealed record FrontierNumbers(IReadOnlyDictionary<string, string> Choice, double Cost, double Value);

internal static class AdviceNumbers
{
    public static IReadOnlyDictionary<string, string> Choice(Portfolio p) => Platform.Capabilities.ToDictionary(c => c.Word(), c => p[c].Word(), StringComparer.Ordinal);

    public static AdviceResultNumbers Of(AdviceResult r, DecisionDriversResult? drivers) => new(
        [
            .. new[] { ("recommended", r.Recommended), ("statusQuo", r.StatusQuo), ("allBuy", r.AllBuy), ("allBuild", r.AllBuild) }.Where(p => p.Item2 is not null).Select(p => Of(p.Item1, p.Item2!)),
            .. r.Shortlist.Select(p => Of("shortlist", p)),
        ],
        [.. r.Feasibility.Effects.Select(e => new ConstraintView(e.Constraint, e.Removed, e.Portfolios, e.Relaxation))], r.Feasibility.Conflict, r.Feasibility.All.Count, r.Feasibility.Feasible.Count,
        [.. r.Capabilities.Select(c => new CapabilityNumbers(c.Capability.Word(), c.Recommended.Word(), c.Cheapest.ToDictionary(w => w.Key.Word(), w => w.Value, StringComparer.Ordinal)))],
        [.. (drivers?.Bars ?? []).Select(b => new DriverNumbers(b.Input, b.AtLow, b.AtHigh, b.SwitchingValue, b.SwitchesWithinRange))],
        r.PerfectInformation, [.. r.Frontier.Select(p => new FrontierNumbers(Choice(p), p.Cost, p.Value))]);

    private static PortfolioNumbers Of(string role, PortfolioAdvice p) => new(role, Choice(p.Portfolio), p.Portfolio.Value, p.Cost, p.Portfolio.Fte, p.Portfolio.Months, p.Portfolio.Boundaries, p.NotEstimated, p.Suppliers);
}
