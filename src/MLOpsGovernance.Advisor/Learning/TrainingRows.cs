using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLOpsGovernance.Advisor.Learning;

internal sealed class TrainingRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}

internal sealed class ScoredRow
{
    public float Score { get; set; }
}

/// <summary>Rows as the library wants them. One thread and fixed seeds throughout: the same rows give the same answer.</summary>
internal static class TrainingRows
{
    public static MLContext Context() => new(seed: 1);

    public static IDataView Of(MLContext context, IReadOnlyList<double[]> inputs, IReadOnlyList<double>? labels = null)
    {
        var schema = SchemaDefinition.Create(typeof(TrainingRow));
        schema[nameof(TrainingRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, inputs[0].Length);
        return context.Data.LoadFromEnumerable(
            inputs.Select((row, i) => new TrainingRow { Features = [.. row.Select(static v => (float)v)], Label = (float)(labels?[i] ?? 0) }).ToList(), schema);
    }

    public static double[] Scores(MLContext context, ITransformer model, IReadOnlyList<double[]> inputs) =>
        [.. context.Data.CreateEnumerable<ScoredRow>(model.Transform(Of(context, inputs)), reuseRowObject: false, ignoreMissingColumns: true).Select(static r => (double)r.Score)];

    /// <summary>The share of the variance that is explained; may be negative.</summary>
    public static double Fit(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var mean = actual.Average();
        return 1 - (actual.Zip(predicted, static (a, p) => (a - p) * (a - p)).Sum() / actual.Sum(a => (a - mean) * (a - mean)));
    }
}
