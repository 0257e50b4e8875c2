using Microsoft.ML;

namespace MLOpsGovernance.Advisor.Learning;

/// <summary>An order for review, and never a verdict: how badly a few directions that most rows follow describe each row.</summary>
public static class Oddity
{
    public static IReadOnlyList<double> Scores(IReadOnlyList<double[]> rows, int rank, bool zeroMean, int seed)
    {
        var context = new MLContext(seed);
        var data = TrainingRows.Of(context, rows);
        var model = context.AnomalyDetection.Trainers.RandomizedPca(nameof(TrainingRow.Features), rank: rank, ensureZeroMean: zeroMean).Fit(data);
        return TrainingRows.Scores(context, model, rows);
    }
}
