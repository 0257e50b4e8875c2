using MLOpsGovernance.Advisor.Portfolios;
using MLOpsGovernance.Advisor.Statistics;
using MLOpsGovernance.Advisor.Uncertainty;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>
/// One standard normal draw for each input and run, the same for every option that the input touches: differences between options are differences of the options, and not of luck.
/// An input's draws depend on the seed and its name alone.
/// </summary>
internal sealed class Drivers
{
    private readonly Dictionary<string, double[]> _mixed = new(StringComparer.Ordinal);
    private readonly ulong _seed;

    public Drivers(AdviceRequest request)
    {
        (_seed, Runs) = (request.Seed, request.Runs);
        if (request.Correlations is not { Count: > 0 } correlations || Factor(correlations) is not { } factor) return;
        var names = Correlated(correlations);
        double[][] draws = [.. names.Select(Independent)];
        GaussianCopula.Mix(factor, draws);
        for (var i = 0; i < names.Count; i++) _mixed[names[i]] = draws[i];
    }

    public int Runs { get; }

    /// <summary>The input's value in each run; null where nobody estimated it.</summary>
    public double[]? Values(string name, Estimate? estimate)
    {
        if (estimate is null) return null;
        var values = new double[Runs];
        if (estimate.IsCertain)
        {
            Array.Fill(values, estimate.P10);
            return values;
        }

        var draws = _mixed.GetValueOrDefault(name) ?? Independent(name);
        for (var run = 0; run < values.Length; run++) values[run] = estimate.At(draws[run]);
        return values;
    }

    public static string Of(Capability capability, Way way, CostItem item) => $"{capability.Word()}.{way.Word()}.{AdviceFaults.Word(item)}";

    public static string OfCapability(Capability capability, string what) => $"{capability.Word()}.{what}";

    public static string OfAll(string what) => $"shared.{what}";

    public static IReadOnlySet<string> Names(AdviceRequest request) => Inputs.All(request).Select(static i => i.Name).ToHashSet(StringComparer.Ordinal);

    public static double[][]? Factor(IReadOnlyList<Correlation> correlations)
    {
        var names = Correlated(correlations);
        double[][] matrix = [.. names.Select(a => (double[])[.. names.Select(b => a == b ? 1 : correlations.LastOrDefault(c => (c.A == a && c.B == b) || (c.A == b && c.B == a))?.Rho ?? 0)])];
        return GaussianCopula.Factor(matrix);
    }

    private static List<string> Correlated(IReadOnlyList<Correlation> correlations) => [.. correlations.SelectMany(static c => new[] { c.A, c.B }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private double[] Independent(string name) => new Draws(_seed, name).Normals(Runs);
}
