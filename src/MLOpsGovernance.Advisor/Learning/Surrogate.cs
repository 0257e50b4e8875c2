using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Learning;

/// <param name="Fit">On runs that were held out.</param>
/// <param name="Total">For each input, the rise of the squared error when it is shuffled over twice the variance: for independent inputs an estimate of the total Sobol index.</param>
public sealed record SurrogateResult(double Fit, IReadOnlyList<double> Total);

/// <summary>What drives our own simulation, from the runs that were made anyway. Analysis of a simulator, and no truth about a business.</summary>
public static class Surrogate
{
    public const int Trees = 400, Leaves = 64;
    public const double LearningRate = 0.1;

    public static SurrogateResult Of(IReadOnlyList<double[]> train, IReadOnlyList<double> trained, IReadOnlyList<double[]> held, IReadOnlyList<double> actual)
    {
        var context = TrainingRows.Context();
        var model = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            LearningRate = LearningRate,
            NumberOfThreads = 1,
        }).Fit(TrainingRows.Of(context, train, trained));

        var predicted = TrainingRows.Scores(context, model, held);
        var error = MeanSquare(actual, predicted);
        var variance = Samples.Variance(actual);
        return new(TrainingRows.Fit(actual, predicted), [.. Enumerable.Range(0, held[0].Length).Select(input =>
        {
            var order = new Draws((ulong)input, "shuffle").Permutation(held.Count);
            double[][] shuffled = [.. held.Select((row, i) =>
            {
                var changed = (double[])row.Clone();
                changed[input] = held[order[i]][input];
                return changed;
            })];
            return (MeanSquare(actual, TrainingRows.Scores(context, model, shuffled)) - error) / (2 * variance);
        })]);
    }

    private static double MeanSquare(IReadOnlyList<double> actual, double[] predicted) => actual.Zip(predicted, static (a, p) => (a - p) * (a - p)).Average();
}
