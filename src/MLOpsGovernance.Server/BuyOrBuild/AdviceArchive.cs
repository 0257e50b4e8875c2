using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Advisor.BuyOrBuild;
using MLOpsGovernance.Advisor.Criteria;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Domain.BuyOrBuild;
using MLOpsGovernance.Server.Storage;
using Statements = MLOpsGovernance.Advisor.BuyOrBuild.Statements;

namespace MLOpsGovernance.Server.BuyOrBuild;

/// <summary>One row for each recommendation, the latest first.</summary>
internal sealed class AdviceRow
{
    /// <summary>As in other lists that begin with the latest: what is left of the largest number after the event's own.</summary>
    public string Id { get; set; } = "";

    public AdviceGiven Advice { get; set; } = null!;
}

internal sealed partial class AdviceRegister : EventProjection
{
    public AdviceRegister()
    {
        Name = "AdviceRegister";
        IncludeType<AdviceGiven>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is AdviceGiven given) operations.Store(new AdviceRow { Id = $"{long.MaxValue - e.Sequence:D19}", Advice = given });
        return ValueTask.CompletedTask;
    }
}

internal sealed record ReadAdviceContent(KeptAdvice Advice, AdviceResultNumbers Numbers);

/// <summary>Past recommendations: what each rested on, and what it came to, as it was.</summary>
internal sealed class AdviceArchive(IDocumentStore store, ContentStore content)
{
    public async Task<(string Request, string Result)> KeepAsync(KeptAdvice advice, AdviceResultNumbers numbers, CancellationToken cancellationToken) =>
        (await content.KeepAsync(ContentStore.Of(advice), cancellationToken), await content.KeepAsync(ContentStore.Of(numbers), cancellationToken));

    public async Task<AdviceGiven?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out _)) return null;
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync($"advice:{id}", token: cancellationToken);
        return events.Count == 0 ? null : events[0].Data as AdviceGiven;
    }

    /// <summary>Null where the store no longer has it as it was.</summary>
    public async Task<ReadAdviceContent?> KeptAsync(AdviceGiven given, CancellationToken cancellationToken) =>
        await content.ReadAsync<KeptAdvice>(given.Request, cancellationToken) is { } advice && await content.ReadAsync<AdviceResultNumbers>(given.Result, cancellationToken) is { } numbers ? new(advice, numbers) : null;

    public async Task<AdviceView?> ViewAsync(AdviceGiven given, CancellationToken cancellationToken)
    {
        if (await KeptAsync(given, cancellationToken) is not { } kept || AdviceReading.Read(kept.Advice.Request).Request is not { } request) return null;
        var numbers = kept.Numbers;
        var axes = AdviceFacts.All(kept.Advice, request, numbers);
        var reading = Statements.Read([.. axes.Select(a => a.Value)], kept.Advice.Request.Weights ?? new Dictionary<string, double>(StringComparer.Ordinal), Instrument.Shipped.Statements);
        PriceView[] prices = [.. Inputs.All(request).Select(i => Price(i, kept.Advice.Today)).OfType<PriceView>()];
        PortfolioView? Of(string role) => numbers.Portfolios.FirstOrDefault(p => p.Role == role) is { } p ? Shown(p) : null;
        return new(
            given.Id, given.Team, given.Assessment, given.Request, given.Result, given.Seed, given.Runs, given.By, given.At, numbers.Portfolios.FirstOrDefault(p => p.Role == "recommended")?.Choice,
            AdviceSentences.Of(request, numbers, reading, axes.ToDictionary(a => a.Value.Axis, a => a.Trace, StringComparer.Ordinal), prices), numbers.All, numbers.Feasible, numbers.Constraints, numbers.Conflict,
            Of("recommended"), Of("statusQuo")!, Of("allBuy"), Of("allBuild"), [.. numbers.Portfolios.Where(p => p.Role == "shortlist").Select(Shown)],
            [.. numbers.Capabilities.Select(c => new CapabilityView(c.Capability, c.Recommended, c.Cheapest.ToDictionary(w => w.Key, w => Figures.Probability(w.Value), StringComparer.Ordinal)))],
            [.. numbers.Drivers.Select(d => new DriverView(d.Input, Figures.Money(d.AtLow), Figures.Money(d.AtHigh), d.SwitchingValue, d.WithinRange))], Figures.Money(numbers.PerfectInformation),
            [.. reading.Axes.Select(a => new AxisView(a.Axis, a.Value, a.Origin))], reading.Reading is { } lean ? Json.EnumWord(lean) : null,
            [.. reading.Statements.Select(s => new StatementReadingView(s.Statement.Id, s.Statement.Side, s.Statement.Text, s.Statement.Axis, s.SpeaksFor, s.Strength, s.Fact))], prices, Appendix(kept.Advice.Request));
    }

    private static PriceView? Price(Input input, DateOnly today) =>
        input.Estimate.Source is null ? new(input.Name, "no-source", null, input.Estimate.AsOf) : input.Estimate.AsOf is null || input.Estimate.IsStale(today) ? new(input.Name, "stale", input.Estimate.Source, input.Estimate.AsOf) : null;

    private static PortfolioView Shown(PortfolioNumbers p) => new(
        p.Choice, p.Value, Figures.Money(p.Cost.Mean), Figures.Money(p.Cost.P10), Figures.Money(p.Cost.P50), Figures.Money(p.Cost.P90), Figures.Money(p.Cost.Tail), Figures.Probability(p.Cost.CheapestProbability),
        Figures.Money(p.Cost.ExpectedRegret), p.Fte, p.Months, p.Seams, p.NotEstimated, p.Suppliers);

    private static AppendixView? Appendix(AdviceBody body)
    {
        OtherMethodsView? methods = null;
        if (body.OtherMethods is { } other)
        {
            var r = OtherMethods.Of([.. other.Alternatives.Select(a => a.Name)], [.. other.Alternatives.Select(a => a.Values)], [.. other.Criteria.Select(AdviceReading.Criterion)]);
            // Alternatives that are all the same, or a criterion in which all are nought, leave nothing to compare.
            Dictionary<string, double> By(IReadOnlyList<double> scores) => !scores.All(double.IsFinite) ? new(StringComparer.Ordinal) : r.Alternatives.Zip(scores).GroupBy(s => s.First, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Second, StringComparer.Ordinal);
            methods = new(By(r.WeightedSums), By(r.Closeness), r.Reversals, r.BestBySum, r.BestByTopsis, r.BestBySum != r.BestByTopsis);
        }

        ComparisonsView? comparisons = null;
        if (body.Comparisons is { } compared)
        {
            var w = Ahp.Weigh(compared.Names, [.. compared.Judgments.Select(j => new Judgment(j.A, j.B, j.Value))]);
            comparisons = new(w.Weights, w.LargestEigenvalue, w.Ratio, w.Ratio[Ahp.Saaty2005] <= Ahp.MostInconsistency, w.WorstTriple);
        }

        return methods is null && comparisons is null ? null : new(methods, comparisons);
    }
}
