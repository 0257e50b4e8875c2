using System.Text.Json;
using MLOpsGovernance.Advisor.Drift;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorDriftMethods
{
    private const double Alpha = 0.05;

    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["psi"] = static i => new { psi = PopulationStability.Index(i.Numbers("reference"), i.Numbers("current")) },
        ["psi.critical_value"] = static i => (i.Number("n_reference"), i.Number("n_current"), i.Whole("bins")) is var (n, m, bins) ? new
        {
            critical = PopulationStability.CriticalValue(n, m, bins, i.Number("alpha", Alpha)),
            expected_no_drift = PopulationStability.ExpectedWithoutDrift(n, m, bins),
            insufficient = PopulationStability.SamplesAreTooSmall(n, m, bins),
        } : null,
        ["psi.no_drift_simulation"] = Simulation,
        ["psi.verdict"] = static i => new
        {
            verdict = DriftJudgement.OfStability(i.Number("psi"), i.Number("n_reference"), i.Number("n_current"), i.Whole("bins"), i.Number("alpha", Alpha), i.Number("effect_floor", DriftJudgement.EffectFloor)),
        },
        ["js.distance"] = static i => new { distance = Distances.JensenShannon(i.Numbers("p"), i.Numbers("q"), i.NumberOrNull("base") ?? Math.E) },
        ["hellinger"] = static i => new { distance = Distances.Hellinger(i.Numbers("p"), i.Numbers("q")) },
        ["wasserstein1"] = static i => new { distance = Distances.Wasserstein(i.Numbers("u"), i.Numbers("v"), i.NumbersOrNull("u_weights"), i.NumbersOrNull("v_weights")) },
        ["wasserstein1.normed"] = static i => new { distance = Distances.NormedWasserstein(i.Numbers("reference"), i.Numbers("current")) },
        ["ks.two_sample"] = static i => KolmogorovSmirnov.Test(i.Numbers("u"), i.Numbers("v")) is var r ? new { d = r.D, p = r.P, exact = r.Exact } : null,
        ["chi_square"] = static i => CountTests.ChiSquare(i.Numbers("observed"), i.NumbersOrNull("expected")) is var r ? new { statistic = r.Statistic, p = r.P, df = r.Degrees } : null,
        ["chi_square.two_sample_scaled"] = static i => Applicable(CountTests.ChiSquareAgainst(i.Numbers("reference"), i.Numbers("current"))),
        ["g_test"] = static i => Applicable(CountTests.G(i.Numbers("reference"), i.Numbers("current"))),
        ["multiple.holm"] = static i => new { adjusted = ManyTests.Holm(i.Numbers("p")) },
        ["multiple.benjamini_hochberg"] = static i => new { adjusted = ManyTests.BenjaminiHochberg(i.Numbers("p")) },
    };

    private static object Applicable(CountTestResult? result) => result is null
        ? new { verdict = "not_applicable", reason = "category_absent_in_reference" }
        : new { statistic = result.Statistic, p = result.P, df = result.Degrees };

    private static object Simulation(JsonElement input)
    {
        var (bins, trials) = (input.Whole("bins"), input.Whole("trials"));
        var draws = new Draws(AdvisorInputs.Seed, "no-drift");
        double[] Sample(int n)
        {
            var counts = new double[bins];
            for (var i = 0; i < n; i++) counts[draws.Below(bins)]++;
            return counts;
        }

        double[] indices = [.. Enumerable.Range(0, trials).Select(_ => PopulationStability.Index(Sample(input.Whole("n_reference")), Sample(input.Whole("n_current"))))];
        return new { mean = indices.Average(), p_at_least_0_1 = (double)indices.Count(static p => p >= 0.1) / trials, p_at_least_0_2 = (double)indices.Count(static p => p >= 0.2) / trials };
    }
}
