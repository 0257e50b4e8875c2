using System.Text.Json;
using MLOpsGovernance.Advisor.Criteria;
using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorChoiceMethods
{
    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["portfolio.count"] = static i => new { portfolios = PortfolioSearch.Of(Terms(i)).Possible },
        ["portfolio.best"] = Best,
        ["wsm.score"] = static i => WeightedSum.Scores(i.Rows("matrix"), i.Numbers("weights")) is var s ? new { scores = s, rank = WeightedSum.Ranks(s) } : null,
        ["topsis.closeness"] = static i => Topsis.Closeness(i.Rows("matrix"), i.Numbers("weights"), [.. i.GetProperty("benefit").EnumerateArray().Select(static b => b.GetBoolean())], i.Flag("vector_normalise") ?? true) is var c
            ? new { closeness = c, rank = WeightedSum.Ranks(c) } : null,
        ["ahp.weights"] = static i => Weigh(i),
        ["ahp.incomplete"] = static i => Weigh(i),
        ["ahp.hierarchy"] = static i => new { weights = Hierarchy.Weigh(Tree(i)) },
    };

    private static object Weigh(JsonElement input)
    {
        var weighed = Ahp.Weigh(input.Words("names"), Judgments(input.GetProperty("judgments")));
        return new { weights = weighed.Weights, lambda_max = weighed.LargestEigenvalue, cr = weighed.Ratio, completed = weighed.Completed.Select(static c => new object[] { c.A, c.B, c.Value }) };
    }

    private static Judgment[] Judgments(JsonElement list) => [.. list.EnumerateArray().Select(static j => new Judgment(j[0].GetString()!, j[1].GetString()!, j[2].GetDouble()))];

    private static Comparison Read(JsonElement comparison) => new(comparison.Words("names"), Judgments(comparison.GetProperty("judgments")));

    /// <summary>Sub-criteria stand under <c>sub</c>, of the whole, of the goal or of a criterion.</summary>
    private static CriteriaTree Tree(JsonElement input)
    {
        var below = new Dictionary<string, Comparison>(StringComparer.Ordinal);
        var alternatives = new Dictionary<string, Comparison>(StringComparer.Ordinal);
        void Collect(JsonElement from)
        {
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty("sub", out var subs)) return;
            foreach (var sub in subs.EnumerateObject())
            {
                below[sub.Name] = Read(sub.Value);
                Collect(sub.Value);
            }
        }

        Collect(input);
        Collect(input.GetProperty("goal"));
        foreach (var (name, value) in input.Named("criteria"))
        {
            Collect(value);
            if (value.ValueKind == JsonValueKind.Array) alternatives[name] = new(input.Words("alternatives"), Judgments(value));
            else if (value.TryGetProperty("names", out _)) below[name] = Read(value);
            else if (value.TryGetProperty("judgments", out var judged)) alternatives[name] = new(input.Words("alternatives"), Judgments(judged));
        }

        return new(Read(input.GetProperty("goal")), below, alternatives);
    }

    private static object Best(JsonElement input)
    {
        var result = PortfolioSearch.Of(Terms(input));
        return new
        {
            feasible = result.Feasible,
            best = Shown(result.Best),
            best_all_buy = Shown(result.AllBuy),
            best_all_build = Shown(result.AllBuild),
            frontier = result.Frontier.Select(static p => new[] { p.Cost, p.Value }),
            regret_all_buy = result.RegretOfBuying,
            regret_all_build = result.RegretOfBuilding,
        };
    }

    private static object? Shown(Portfolio? portfolio) => portfolio is null ? null : new
    {
        choice = Platform.Capabilities.ToDictionary(static c => c.Word(), c => portfolio[c].Word(), StringComparer.Ordinal),
        value = portfolio.Value,
        cost = portfolio.Cost,
        boundaries = portfolio.Boundaries,
    };

    private static PortfolioTerms Terms(JsonElement input) => new(
        input.TryGetProperty("options", out var options)
            ? Platform.Capabilities.ToDictionary(static c => c, c => Options(options.GetProperty(c.Word())))
            : Platform.Capabilities.ToDictionary(static c => c, static _ => (IReadOnlyDictionary<Way, CapabilityOption>)Platform.Ways.ToDictionary(static w => w, static _ => new CapabilityOption(0, 0, 0, 0, null))),
        input.Named("banned").ToDictionary(static b => Capability(b.Name), static b => (IReadOnlySet<Way>)b.Value.EnumerateArray().Select(static w => Way(w.GetString()!)).ToHashSet()),
        input.NumberOrNull("budget"),
        input.NumberOrNull("fte_cap"),
        input.NumberOrNull("months_cap"),
        input.Number("tax", 0),
        input.Number("suite_discount", 0),
        (int)input.Number("suite_min", int.MaxValue),
        input.TryGetProperty("pairs", out var pairs) ? [.. pairs.EnumerateArray().Select(static p => new Seam(Capability(p[0].GetString()!), Capability(p[1].GetString()!)))] : Seam.Usual,
        input.TryGetProperty("mandatory", out var mandatory) ? mandatory.EnumerateArray().Select(static m => Capability(m.GetString()!)).ToHashSet() : new HashSet<Capability>());

    private static IReadOnlyDictionary<Way, CapabilityOption> Options(JsonElement options) => options.EnumerateObject().ToDictionary(
        static o => Way(o.Name),
        static o => new CapabilityOption(o.Value.Number("utility"), o.Value.Number("cost"), o.Value.Number("fte"), o.Value.Number("months"), o.Value.GetProperty("stack").GetString()));

    private static Capability Capability(string word) => Platform.Capabilities.Single(c => c.Word() == word);

    private static Way Way(string word) => Platform.Ways.Single(w => w.Word() == word);
}
