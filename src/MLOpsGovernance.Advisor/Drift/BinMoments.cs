namespace MLOpsGovernance.Advisor.Drift;

/// <summary>What a histogram remembers of the values that were counted: the mean of each bin on both sides, and the spread of the reference.</summary>
/// <param name="Reference">One for each bin; of an empty one it says nothing.</param>
/// <param name="Deviation">Standard deviation of the reference.</param>
public sealed record BinMoments(IReadOnlyList<double> Reference, IReadOnlyList<double> Current, double Deviation)
{
    /// <summary>As if all values of a bin were its mean; in standard deviations of the reference.</summary>
    public double NormedWasserstein(IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        Distances.Wasserstein(Reference, Current, reference, current) / Math.Max(Deviation, Distances.FloorOfSpread);

    /// <summary>The mean of what falls into each bin; where nothing does, the other side's says where the bin lies.</summary>
    public static IReadOnlyList<double> Of(FrozenBins bins, IReadOnlyCollection<double> sample, IReadOnlyList<double>? otherwise = null)
    {
        var (sums, counts) = (new double[bins.Count], new int[bins.Count]);
        foreach (var value in sample)
        {
            var bin = bins.BinOf(value);
            sums[bin] += value;
            counts[bin]++;
        }

        return [.. sums.Select((sum, i) => counts[i] > 0 ? sum / counts[i] : otherwise?[i] ?? (bins.Edges.Count == 0 ? 0 : bins.Edges[Math.Min(i, bins.Edges.Count - 1)]))];
    }
}
