using System.Text.Json;
using MLOpsGovernance.Advisor.Learning;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Tests.Advisor;

internal static class AdvisorLearningMethods
{
    private const int Train = 20_000, Held = 5_000, Dummies = 3;

    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> All { get; } = new Dictionary<string, Func<JsonElement, object?>>(StringComparer.Ordinal)
    {
        ["gate.gam"] = static i => Gates.Additive(i.Number("r2_holdout"), i.Number("additivity_residual_max")) is var g ? new { show = g.Show, reason = g.Reason } : null,
        ["gate.surrogate"] = static i => Gates.Surrogate(i.Number("r2_holdout"), i.Number("dummy_share"), i.Flag("inputs_correlated") ?? false) is var g ? new { show = g.Show, reason = g.Reason } : null,
        ["gate.prediction"] = static i => (i.Text("task") == "regression"
            ? Gates.Time(i.Whole("n"), i.Number("skill_ci_low"))
            : Gates.Risk(i.Whole("minority"), i.Whole("features"), i.Number("skill_ci_low"))) is var g
            ? new { answer = g.Show ? "shown" : "refused", reason = g.Reason, have = g.Have, need = g.Need } : null,
        ["evppi.regression"] = Partial,
        ["surrogate.pfi"] = Ranked,
        ["gam.additivity"] = Additive,
        ["mlnet.randomized_pca"] = static i => new { scores = Oddity.Scores(i.Rows("rows"), i.Whole("rank"), i.Flag("ensure_zero_mean") ?? true, i.Whole("context_seed")) },
    };

    /// <summary>A difference of net benefits X1 + X2 with X1 ~ N(.5, 1) and X2 ~ N(0, 2), independent; X1 would be known.</summary>
    private static object Partial(JsonElement input)
    {
        var count = input.Whole("draws");
        double[] known = [.. new Draws(AdvisorInputs.Seed, "x1").Normals(count).Select(static z => 0.5 + z)];
        double[] benefit = [.. known.Zip(new Draws(AdvisorInputs.Seed, "x2").Normals(count), static (x, z) => x + (2 * z))];
        var value = PartialInformation.Of([.. known.Select(static x => (double[])[x])], [new double[count], benefit]);
        return new { evppi = value.Value, at_most = value.Value <= value.Perfect && value.Low <= value.High ? "evpi of the same draws" : "more" };
    }

    private static object Ranked(JsonElement input)
    {
        var (a, b) = (input.Number("a"), input.Number("b"));
        var draws = new Draws(AdvisorInputs.Seed, "ishigami");
        double[][] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => (double[])[.. draws.Uniforms(3 + Dummies).Select(Ishigami.Drawn)])];
        double[] Values(double[][] rows) => [.. rows.Select(r => Ishigami.At(a, b, r))];

        var (train, held) = (Rows(Train), Rows(Held));
        var result = Surrogate.Of(train, Values(train), held, Values(held));
        var (fit, dummy) = (result.Fit, result.Total.Skip(3).Max());
        return new { r2_min = fit >= 0.95 ? 0.95 : fit, total = result.Total.Take(3), dummy_max = dummy <= 0.01 ? 0.01 : dummy };
    }

    private static object Additive(JsonElement input)
    {
        var draws = new Draws(AdvisorInputs.Seed, "gam");
        double[][] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => draws.Uniforms(2))];
        double[] Values(double[][] rows) => [.. rows.Select(static r => Math.Sin(6 * r[0]) + (r[1] * r[1]))];

        var (train, held) = (Rows(input.Whole("rows")), Rows(input.Whole("rows")));
        var result = AdditiveModel.Of(train, Values(train), held, Values(held));
        return new { score_minus_contributions = result.LargestResidual <= 1e-4 ? "equal to the bias on every row" : $"up to {result.LargestResidual} from the bias", fit = result.Fit };
    }
}
