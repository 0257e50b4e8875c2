namespace MLOpsGovernance.Advisor.Drift;

/// <summary>The bins of a baseline, stored with it and never made anew: deciles of the reference, open at both ends.</summary>
/// <param name="Edges">Inner edges, ascending; a value on an edge belongs above it.</param>
public sealed record FrozenBins(IReadOnlyList<double> Edges)
{
    public const int Usual = 10;

    private readonly double[] _edges = [.. Edges];

    public int Count => Edges.Count + 1;

    /// <summary>Fewer bins than asked for where values repeat, so that no bin is empty by construction.</summary>
    public static FrozenBins Of(IReadOnlyCollection<double> reference, int bins = Usual)
    {
        double[] sorted = [.. reference.Order()];
        List<double> edges = [.. Enumerable.Range(1, bins - 1).Select(i => Statistics.Samples.QuantileOfSorted(sorted, (double)i / bins)).Distinct().Where(edge => edge > sorted[0])];
        // A value that never changed: below it, the value itself, and above it.
        return new(edges.Count > 0 ? edges : [sorted[0], double.BitIncrement(sorted[0])]);
    }

    public IReadOnlyList<double> CountOf(IEnumerable<double> sample)
    {
        var counts = new double[Count];
        foreach (var value in sample) counts[BinOf(value)]++;
        return counts;
    }

    public int BinOf(double value)
    {
        var at = Array.BinarySearch(_edges, value);
        return at >= 0 ? at + 1 : ~at;
    }
}
