using System.Buffers;
using System.Runtime.CompilerServices;

namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>
/// The same order statistics for long arrays in two passes: values are counted in buckets of equal width, and only the few buckets in which a wanted rank lies are looked into. The order of the values stays as it is.
/// </summary>
internal static class BucketSelection
{
    private const int Buckets = 512, Ranks = 4;

    /// <returns>Null where all values are the same or too close to be told apart by width.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double P10, double P50, double P90, double Tail)? Of(ReadOnlySpan<double> costs, int r10, int r50, int r90, int tail)
    {
        var (low, high) = (costs[0], costs[0]);
        foreach (var cost in costs)
        {
            low = Math.Min(low, cost);
            high = Math.Max(high, cost);
        }

        var scale = (Buckets - 1) / (high - low);
        if (!double.IsFinite(scale) || !double.IsFinite(high - low)) return null;
        var (bucket, found) = (ArrayPool<ushort>.Shared.Rent(costs.Length), ArrayPool<double>.Shared.Rent(costs.Length));
        Span<int> counts = stackalloc int[Buckets];
        counts.Clear();
        for (var i = 0; i < costs.Length; i++)
        {
            var at = Math.Min((int)((costs[i] - low) * scale), Buckets - 1);
            bucket[i] = (ushort)at;
            counts[at]++;
        }

        ReadOnlySpan<int> ranks = [r10, r50, r90, tail];
        Span<int> at4 = stackalloc int[Ranks], before = stackalloc int[Ranks], begins = stackalloc int[Ranks], ends = stackalloc int[Ranks];
        Span<sbyte> slots = stackalloc sbyte[Buckets];
        slots.Fill(-1);
        var (seen, rank, room) = (0, 0, 0);
        for (var b = 0; b < Buckets && rank < Ranks; b++)
        {
            for (; rank < Ranks && ranks[rank] < seen + counts[b]; rank++)
            {
                (at4[rank], before[rank]) = (b, seen);
                // Ranks in one bucket look into the same copy of it.
                if (slots[b] < 0) (slots[b], begins[rank], ends[rank], room) = ((sbyte)rank, room, room, room + counts[b]);
            }

            seen += counts[b];
        }

        var (last, above) = (at4[Ranks - 1], 0.0);
        for (var i = 0; i < costs.Length; i++)
        {
            if (bucket[i] > last) above += costs[i];
            else if (slots[bucket[i]] is >= 0 and var slot) found[ends[slot]++] = costs[i];
        }

        Span<double> values = stackalloc double[Ranks];
        for (var r = 0; r < Ranks; r++)
        {
            var slot = slots[at4[r]];
            values[r] = Selection.Place(found.AsSpan(begins[slot], ends[slot] - begins[slot]), ranks[r] - before[r]);
        }

        // After the last placing, what is no less than the tail's first value stands behind it.
        var end = slots[last];
        foreach (var cost in found.AsSpan(begins[end] + tail - before[Ranks - 1], ends[end] - begins[end] - tail + before[Ranks - 1])) above += cost;
        ArrayPool<ushort>.Shared.Return(bucket);
        ArrayPool<double>.Shared.Return(found);
        return (values[0], values[1], values[2], above / (costs.Length - tail));
    }
}
