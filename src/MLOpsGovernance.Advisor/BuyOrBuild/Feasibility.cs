using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="Removed">Options that this constraint alone rules out, as <c>capability.way</c>.</param>
/// <param name="Portfolios">How many combinations it alone rules out.</param>
/// <param name="Relaxation">The least that it would have to give way for one to be feasible, all others as they are; null where that is no number, or is not needed, or does not help.</param>
public sealed record ConstraintEffect(string Constraint, IReadOnlyList<string> Removed, int Portfolios, double? Relaxation);

/// <param name="Conflict">Where nothing is feasible: a smallest set of constraints that cannot all hold. Empty else.</param>
public sealed record FeasibilityResult(IReadOnlyList<Portfolio> All, IReadOnlyList<Portfolio> Feasible, IReadOnlyList<ConstraintEffect> Effects, IReadOnlyList<string> Conflict);

/// <summary>Hard constraints first, each by itself, so that everybody sees what it costs.</summary>
internal static class Feasibility
{
    private const double Rounding = 1e-9;

    private sealed record Rule(string Name, Func<Portfolio, bool> Broken, Func<Capability, Way, bool>? Bans = null, Func<Portfolio, double>? Amount = null);

    public static FeasibilityResult Of(AdviceRequest request, IReadOnlyList<Portfolio> all)
    {
        List<Rule> rules = [.. Rules(request)];
        int[] broken = [.. all.Select(p => rules.Select((r, i) => r.Broken(p) ? 1 << i : 0).Sum())];
        List<Portfolio> feasible = [.. all.Where((_, i) => broken[i] == 0)];
        return new(
            all,
            feasible,
            [.. rules.Select((rule, i) => new ConstraintEffect(
                rule.Name,
                [.. rule.Bans is null ? [] : Platform.Capabilities.SelectMany(c => Ways(request, c).Where(w => rule.Bans(c, w)).Select(w => $"{c.Word()}.{w.Word()}"))],
                broken.Count(b => (b & (1 << i)) != 0),
                rule.Amount is null || feasible.Count > 0 ? null : all.Where((_, p) => broken[p] == 1 << i).Select(rule.Amount).Cast<double?>().Min()))],
            feasible.Count > 0 ? [] : [.. Smallest(broken.Distinct().ToArray(), rules.Count).Select(i => rules[i].Name)]);
    }

    private static IEnumerable<Way> Ways(AdviceRequest request, Capability capability) => request.Capabilities[capability].Options.Keys.Append(Way.Defer).Order();

    private static IEnumerable<Rule> Rules(AdviceRequest request)
    {
        var constraints = request.Constraints;
        OptionTerms? Option(Capability capability, Way way) => request.Capabilities[capability].Options.GetValueOrDefault(way);

        if (constraints.AllowedPlaces is { } places) yield return Ban("residency", (c, w) => Option(c, w)?.Places?.Except(places, StringComparer.OrdinalIgnoreCase).Any() == true);
        if (constraints.Private is { } hidden) yield return Ban("privacy", (c, w) => w == Way.Saas && hidden.Contains(c));
        if (constraints.Mandatory is { } mandatory) yield return Ban("mandatory", (c, w) => w == Way.Defer && mandatory.Contains(c));
        if (constraints.MustHaves) yield return Ban("mustHaves", (c, w) => Option(c, w)?.Unmet is { Count: > 0 });
        if (constraints.Budget is { } budget) yield return Cap("budget", budget, static p => p.Cost);
        if (constraints.Headcount is { } headcount) yield return Cap("headcount", headcount, static p => p.Fte);
        if (constraints.GoLiveMonths is { } months) yield return Cap("goLiveMonths", months, static p => p.Months);
    }

    private static Rule Ban(string name, Func<Capability, Way, bool> bans) => new(name, p => Platform.Capabilities.Any(c => bans(c, p[c])), bans);

    private static Rule Cap(string name, double cap, Func<Portfolio, double> amount) => new(name, p => amount(p) > cap + (Rounding * Math.Max(1, cap)), null, amount);

    /// <summary>The fewest constraints of which every combination breaks one; the earliest named among equals.</summary>
    private static IEnumerable<int> Smallest(int[] broken, int rules)
    {
        var set = Enumerable.Range(1, (1 << rules) - 1).OrderBy(static s => int.PopCount(s)).ThenBy(static s => s).First(s => Array.TrueForAll(broken, b => (b & s) != 0));
        return Enumerable.Range(0, rules).Where(i => (set & (1 << i)) != 0);
    }
}
