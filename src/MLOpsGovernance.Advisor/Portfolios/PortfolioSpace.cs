namespace MLOpsGovernance.Advisor.Portfolios;

/// <summary>The terms under which portfolios are compared. A cap that is null is none.</summary>
/// <param name="Options">A way without an option is not to be had.</param>
/// <param name="Banned">Ways that a rule removes, whatever they are worth.</param>
/// <param name="Tax">Points lost for each seam between different stacks.</param>
/// <param name="SuiteDiscount">Points gained once where one supplier serves at least <paramref name="SuiteMinimum"/> capabilities.</param>
/// <param name="Mandatory">Capabilities that may not be deferred.</param>
public sealed record PortfolioTerms(
    IReadOnlyDictionary<Capability, IReadOnlyDictionary<Way, CapabilityOption>> Options,
    IReadOnlyDictionary<Capability, IReadOnlySet<Way>> Banned,
    double? Budget,
    double? FteCap,
    double? MonthsCap,
    double Tax,
    double SuiteDiscount,
    int SuiteMinimum,
    IReadOnlyList<Seam> Seams,
    IReadOnlySet<Capability> Mandatory);

/// <param name="Choice">In the order of <see cref="Platform.Capabilities"/>.</param>
/// <param name="Boundaries">Seams between different stacks.</param>
public sealed record Portfolio(IReadOnlyList<Way> Choice, double Value, double Cost, double Fte, double Months, int Boundaries)
{
    public Way this[Capability capability] => Choice[(int)capability];

    /// <summary>The capabilities that are not deferred, as bits. Only portfolios of equal scope do the same work.</summary>
    public int Scope => Choice.Select(static (path, i) => path == Way.Defer ? 0 : 1 << i).Sum();
}

/// <summary>All combinations, one after the other: 5 to the power of 6 where nothing is removed. No solver is needed, and the result is exact.</summary>
public static class PortfolioSpace
{
    private const double Rounding = 1e-9;

    public static IEnumerable<Portfolio> All(PortfolioTerms terms)
    {
        Way[][] ways = [.. Platform.Capabilities.Select(c => WaysOf(terms, c))];
        if (Array.Exists(ways, static w => w.Length == 0)) yield break;
        var at = new int[ways.Length];
        while (true)
        {
            Way[] choice = [.. at.Select((way, capability) => ways[capability][way])];
            yield return Weigh(choice, terms);
            var last = at.Length - 1;
            while (last >= 0 && ++at[last] == ways[last].Length) at[last--] = 0;
            if (last < 0) yield break;
        }
    }

    public static bool IsFeasible(Portfolio portfolio, PortfolioTerms terms) =>
        portfolio.Cost <= (terms.Budget ?? double.PositiveInfinity) + Rounding
        && portfolio.Fte <= (terms.FteCap ?? double.PositiveInfinity) + Rounding
        && portfolio.Months <= (terms.MonthsCap ?? double.PositiveInfinity) + Rounding;

    /// <summary>Higher value, then lower cost, then the order in which options are listed.</summary>
    public static Portfolio? Best(IEnumerable<Portfolio> portfolios) => portfolios.Aggregate((Portfolio?)null, static (best, next) =>
        best is null || next.Value > best.Value + Rounding || (Math.Abs(next.Value - best.Value) <= Rounding && next.Cost < best.Cost - Rounding) ? next : best);

    /// <summary>By cost; a point only where its value exceeds that of every cheaper one.</summary>
    public static IReadOnlyList<Portfolio> Frontier(IEnumerable<Portfolio> portfolios)
    {
        List<Portfolio> kept = [];
        foreach (var next in portfolios.OrderBy(static p => Math.Round(p.Cost, 9)).ThenByDescending(static p => p.Value))
        {
            if (kept.Count == 0 || next.Value > kept[^1].Value + Rounding) kept.Add(next);
        }

        return kept;
    }

    private static Way[] WaysOf(PortfolioTerms terms, Capability capability) =>
    [
        .. Platform.Ways.Where(path =>
            (path == Way.Defer ? !terms.Mandatory.Contains(capability) : terms.Options[capability].ContainsKey(path))
            && !(terms.Banned.TryGetValue(capability, out var banned) && banned.Contains(path))),
    ];

    internal static Portfolio Weigh(Way[] choice, PortfolioTerms terms)
    {
        var (utility, cost, fte, months) = (0.0, 0.0, 0.0, 0.0);
        var stacks = new string?[choice.Length];
        for (var i = 0; i < choice.Length; i++)
        {
            if (!terms.Options[(Capability)i].TryGetValue(choice[i], out var option)) continue;
            stacks[i] = choice[i] == Way.Defer ? null : option.Stack;
            utility += option.Utility;
            cost += option.Cost;
            fte += option.Fte;
            months = Math.Max(months, option.Months);
        }

        var boundaries = terms.Seams.Count(seam => stacks[(int)seam.A] is { } a && stacks[(int)seam.B] is { } b && a != b);
        return new(choice, utility - (terms.Tax * boundaries) + (HasSuite(choice, stacks, terms.SuiteMinimum) ? terms.SuiteDiscount : 0), cost, fte, months, boundaries);
    }

    internal static bool HasSuite(Way[] choice, string?[] stacks, int minimum)
    {
        for (var i = 0; i < stacks.Length; i++)
        {
            if (stacks[i] is null || !choice[i].IsBought()) continue;
            var served = 0;
            for (var j = 0; j < stacks.Length; j++) served += choice[j].IsBought() && stacks[j] == stacks[i] ? 1 : 0;
            if (served >= minimum) return true;
        }

        return false;
    }
}
