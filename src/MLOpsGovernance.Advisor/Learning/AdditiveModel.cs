using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace MLOpsGovernance.Advisor.Learning;

/// <param name="Fit">On rows that were held out.</param>
/// <param name="LargestResidual">The largest distance of score less contributions from the bias; an additive model has none.</param>
/// <param name="Contributions">For each held-out row, of each input.</param>
public sealed record AdditiveResult(double Fit, double LargestResidual, double Bias, IReadOnlyList<IReadOnlyList<double>> Contributions);

/// <summary>A generalised additive model: each input's contribution to the result, where the contributions really add up to it.</summary>
public static class AdditiveModel
{
    public const int Iterations = 2000;

    private sealed class Explained
    {
        public float Score { get; set; }

        public float[] FeatureContributions { get; set; } = [];
    }

    public static AdditiveResult Of(IReadOnlyList<double[]> train, IReadOnlyList<double> trained, IReadOnlyList<double[]> held, IReadOnlyList<double> actual)
    {
        var context = TrainingRows.Context();
        var model = context.Regression.Trainers.Gam(new GamRegressionTrainer.Options { NumberOfIterations = Iterations, NumberOfThreads = 1 }).Fit(TrainingRows.Of(context, train, trained));
        var scored = model.Transform(TrainingRows.Of(context, held));
        var inputs = held[0].Length;
        var explained = context.Data.CreateEnumerable<Explained>(
            context.Transforms.CalculateFeatureContribution(model, inputs, inputs, normalize: false).Fit(scored).Transform(scored), reuseRowObject: false, ignoreMissingColumns: true).ToList();
        return new(
            TrainingRows.Fit(actual, [.. explained.Select(static e => (double)e.Score)]),
            explained.Max(e => Math.Abs(e.Score - e.FeatureContributions.Sum(static c => (double)c) - model.Model.Bias)),
            model.Model.Bias,
            [.. explained.Select(static e => (IReadOnlyList<double>)[.. e.FeatureContributions.Select(static c => (double)c)])]);
    }
}
