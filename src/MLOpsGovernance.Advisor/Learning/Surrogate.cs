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
        // All of them at once: the library makes code anew for each set of rows, which took far longer than judging them.
        var scores = TrainingRows.Scores(context, model, [.. Enumerable.Range(0, held[0].Length).SelectMany(input => Shuffled(held, input))]);
        return new(TrainingRows.Fit(actual, predicted), [.. scores.Chunk(held.Count).Select(of => (MeanSquare(actual, of) - error) / (2 * variance))]);
    }

    private static IEnumerable<double[]> Shuffled(IReadOnlyList<double[]> held, int input)
    {
        var order = new Draws((ulong)input, "shuffle").Permutation(held.Count);
        return held.Select((row, i) =>
        {
            var changed = (double[])row.Clone();
            changed[input] = held[order[i]][input];
            return changed;
        });
    }

    private static double MeanSquare(IReadOnlyList<double> actual, double[] predicted) => actual.Zip(predicted, static (a, p) => (a - p) * (a - p)).Average();
}
