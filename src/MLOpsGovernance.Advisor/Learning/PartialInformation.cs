using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using MLOpsGovernance.Advisor.Statistics;

namespace MLOpsGovernance.Advisor.Learning;

/// <param name="Value">What it is worth to know this input before choosing; never more than <paramref name="Perfect"/>.</param>
/// <param name="Low">Lower end of a 95 % bootstrap interval.</param>
/// <param name="Perfect">What it would be worth to know everything, from the same draws.</param>
public sealed record PartialInformationValue(double Value, double Low, double High, double Perfect);

/// <summary>
/// The value of knowing one input, by regressing the differences of net benefit on it (Strong, Oakley and Brennan 2014).
/// Always cross-fitted: what a tree says of rows that it was fitted on is biased upwards.
/// </summary>
public static class PartialInformation
{
    public const int Trees = 50, Leaves = 8, Resamples = 200;
    public const double LearningRate = 0.1;

    /// <param name="input">The draws of the input or inputs that would be known.</param>
    /// <param name="benefits">Net benefit of each choice, in the same draws.</param>
    public static PartialInformationValue Of(IReadOnlyList<double[]> input, IReadOnlyList<double[]> benefits)
    {
        var perfect = Value([.. benefits.Skip(1).Select(b => Difference(b, benefits[0]))], null);
        double[][] fitted = [.. benefits.Skip(1).Select(b => CrossFitted(input, Difference(b, benefits[0])))];
        double Clipped(double value) => Math.Clamp(value, 0, perfect);

        var source = new Draws(1, "bootstrap");
        double[] resampled = [.. Enumerable.Range(0, Resamples).Select(_ => Value(fitted, [.. Enumerable.Range(0, input.Count).Select(_ => source.Below(input.Count))])).Order()];
        return new(Clipped(Value(fitted, null)), Clipped(Samples.QuantileOfSorted(resampled, 0.025)), Clipped(Samples.QuantileOfSorted(resampled, 0.975)), perfect);
    }

    /// <summary>The mean of the best choice in each row, less the best of the means; the first choice counts as zero.</summary>
    private static double Value(double[][] differences, int[]? rows)
    {
        var count = rows?.Length ?? differences[0].Length;
        var best = 0.0;
        var means = new double[differences.Length];
        for (var i = 0; i < count; i++)
        {
            var row = rows?[i] ?? i;
            var highest = 0.0;
            for (var d = 0; d < differences.Length; d++)
            {
                means[d] += differences[d][row];
                highest = Math.Max(highest, differences[d][row]);
            }

            best += highest;
        }

        return (best - Math.Max(0, means.Max())) / count;
    }

    private static double[] CrossFitted(IReadOnlyList<double[]> input, double[] difference)
    {
        var fitted = new double[difference.Length];
        for (var fold = 0; fold < 2; fold++)
        {
            int[] train = [.. Enumerable.Range(0, difference.Length).Where(i => i % 2 != fold)];
            int[] held = [.. Enumerable.Range(0, difference.Length).Where(i => i % 2 == fold)];
            var context = TrainingRows.Context();
            var model = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
            {
                NumberOfTrees = Trees,
                NumberOfLeaves = Leaves,
                LearningRate = LearningRate,
                MinimumExampleCountPerLeaf = Math.Max(10, difference.Length / 100),
                NumberOfThreads = 1,
            }).Fit(TrainingRows.Of(context, [.. train.Select(i => input[i])], [.. train.Select(i => difference[i])]));
            var scores = TrainingRows.Scores(context, model, [.. held.Select(i => input[i])]);
            for (var i = 0; i < held.Length; i++) fitted[held[i]] = scores[i];
        }

        return fitted;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, static (x, y) => x - y)];
}
