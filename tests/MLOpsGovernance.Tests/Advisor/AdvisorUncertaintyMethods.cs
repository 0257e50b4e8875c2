using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MLOpsGovernance.Advisor.Statistics;
using MLOpsGovernance.Advisor.Uncertainty;

namespace MLOpsGovernance.Tests.Advisor;

internal static partial class AdvisorUncertaintyMethods
{
    private const int ManyDraws = 200_000;

    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["evpi.discrete"] = Discrete,
        ["regret"] = Regrets,
        ["evpi.gaussian"] = static i => new { evpi = ValueOfInformation.PerfectOfNormal(i.Number("mean"), i.Number("sd")) },
        ["unit_normal_loss"] = static i => new { loss = Normal.UnitLoss(i.Number("z")) },
        ["evppi.gaussian"] = static i => new
        {
            evppi = ValueOfInformation.PerfectOfNormal(i.Number("mean"), i.Number("sd_of_interest")),
            evpi = ValueOfInformation.PerfectOfNormal(i.Number("mean"), double.Hypot(i.Number("sd_of_interest"), i.Number("sd_rest"))),
        },
        ["mc.two_options"] = TwoOptions,
        ["mc.tail"] = Tail,
        ["mc.copula_rank_correlation"] = static i => GaussianCopula.Pairs(i.Number("rho"), i.Whole("draws"), AdvisorInputs.Seed) is var (x, y)
            ? new { spearman = RankCorrelation.Spearman(x, y), kendall = RankCorrelation.Kendall(x, y) } : null,
        ["mc.common_random_numbers"] = Common,
        ["sobol.ishigami_total"] = static i => Ishigami.Closed(i.Number("a"), i.Number("b")) is var c ? new { variance = c.Variance, total = c.Total } : null,
        ["sobol.ishigami_first"] = static i => Ishigami.Closed(i.Number("a"), i.Number("b")) is var c ? new { first = c.First, variance = c.Variance } : null,
        ["shapley.exact"] = static i => new { values = Game(i) },
    };

    private static object Discrete(JsonElement input)
    {
        var names = input.Named("payoff");
        var value = ValueOfInformation.Discrete([.. names.Select(static n => AdvisorInputs.Numbers(n.Value))], input.Numbers("probabilities"));
        return new { emv = ByName(names, value.Expected), best = names[value.Best].Name, ev_with_perfect_information = value.WithInformation, evpi = value.Perfect };
    }

    private static object Regrets(JsonElement input)
    {
        var names = input.Named("payoff");
        var table = ValueOfInformation.Regret([.. names.Select(static n => AdvisorInputs.Numbers(n.Value))], input.Numbers("probabilities"));
        return new
        {
            max_regret = ByName(names, table.Largest),
            minimax_regret = table.Minimax,
            minimax_choices = table.MinimaxChoices.Select(i => names[i].Name),
            expected_regret = ByName(names, table.Expected),
            min_expected_regret = table.Expected.Min(),
        };
    }

    private static Dictionary<string, double> ByName((string Name, JsonElement)[] names, IReadOnlyList<double> values) =>
        names.Select((n, i) => (n.Name, values[i])).ToDictionary(static n => n.Name, static n => n.Item2, StringComparer.Ordinal);

    private static object TwoOptions(JsonElement input)
    {
        var (a, b, count) = (input.GetProperty("cost_a"), input.GetProperty("cost_b"), input.Whole("draws"));
        var (x, y) = GaussianCopula.Pairs(input.Number("correlation"), count, AdvisorInputs.Seed);
        double[] differences = [.. x.Zip(y, (zx, zy) => a.Number("mean") + (a.Number("sd") * zx) - b.Number("mean") - (b.Number("sd") * zy))];
        return new
        {
            p_a_cheapest = (double)differences.Count(static d => d < 0) / count,
            expected_regret_a = differences.Average(static d => Math.Max(0, d)),
            expected_regret_b = differences.Average(static d => Math.Max(0, -d)),
        };
    }

    private static object Tail(JsonElement input)
    {
        double[] sorted = [.. new Draws(AdvisorInputs.Seed, "tail").Normals(input.Whole("draws")).Select(z => input.Number("mean") + (input.Number("sd") * z)).Order()];
        return new { p10 = Samples.QuantileOfSorted(sorted, 0.1), p90 = Samples.QuantileOfSorted(sorted, 0.9), cvar95 = Samples.TailMean(sorted, 0.95) };
    }

    /// <summary>The difference of two costs, once with the draws of shared names in common and once with draws of their own.</summary>
    private static object Common(JsonElement input)
    {
        var (a, b) = (Terms(input.Text("cost_a")), Terms(input.Text("cost_b")));
        double Variance(string ownOfB)
        {
            var difference = new double[ManyDraws];
            void Add(Dictionary<string, double> terms, string owner, int sign)
            {
                foreach (var (name, factor) in terms)
                {
                    var draws = new Draws(AdvisorInputs.Seed, owner + name);
                    for (var i = 0; i < difference.Length; i++) difference[i] += sign * factor * draws.Normal();
                }
            }

            Add(a, "", 1);
            Add(b, ownOfB, -1);
            return Samples.Variance(difference, 1);
        }

        return new { var_difference_shared = Variance(""), var_difference_independent = Variance("own-") };
    }

    private static Dictionary<string, double> Terms(string text) => LinearTerm().Matches(text).ToDictionary(
        static m => m.Groups["name"].Value, static m => double.Parse(m.Groups["factor"].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static IReadOnlyList<double> Game(JsonElement input)
    {
        var players = input.Words("players");
        if (input.Text("game") == "glove")
        {
            int Held(int coalition, char hand) => players.Where((p, i) => (coalition & (1 << i)) != 0 && p[0] == hand).Count();
            return Shapley.Values(players.Length, coalition => Math.Min(Held(coalition, 'L'), Held(coalition, 'R')));
        }

        var points = Tuples().Matches(input.Text("worth")).Select(static m => m.Groups["values"].Value.Split(',').Select(static v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToList();
        double Product(int coalition) => Enumerable.Range(0, players.Length).Aggregate(1.0, (product, i) => product * points[(coalition & (1 << i)) != 0 ? 1 : 0][i]);
        return Shapley.Values(players.Length, coalition => Product(coalition) - Product(0));
    }

    [GeneratedRegex(@"(?<factor>-?[0-9.]+) (?<name>[A-Z]\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinearTerm();

    [GeneratedRegex(@"\((?<values>[-0-9., ]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tuples();
}
