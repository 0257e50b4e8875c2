using System.Runtime.CompilerServices;

namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>Order statistics without sorting everything: a tenth of the work where a few quantiles of many arrays are wanted.</summary>
internal static class Selection
{
    private const int Long = 600, Few = 31, Many = 2_000;

    /// <summary>Moves values so that what belongs at <paramref name="rank"/> in ascending order stands there, nothing greater before and nothing less behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Place(Span<double> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = high - low > Long ? Guess(values, low, high, rank) : Middle(values[low], values[(low + high) >>> 1], values[high]);
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i > j) break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }

            if (rank <= j) high = j;
            else if (rank >= i) low = i;
            else break;
        }

        return values[rank];
    }

    /// <summary>P10, P50, P90 and the mean of the costliest twentieth. Changes the order of <paramref name="costs"/>.</summary>
    public static (double P10, double P50, double P90, double Tail) Summary(Span<double> costs)
    {
        var n = costs.Length;
        int Rank(double p) => (int)Math.Round(p * (n - 1));

        var (r10, r50, r90, tail) = (Rank(0.1), Rank(0.5), Rank(0.9), Math.Min(n - 1, (int)Math.Round(0.95 * n)));
        if (n >= Many && BucketSelection.Of(costs, r10, r50, r90, tail) is { } found) return found;
        var p50 = Place(costs, r50);
        var p10 = Place(costs[..r50], r10);
        var p90 = Place(costs[r50..], r90 - r50);
        Place(costs[r90..], tail - r90);
        var sum = 0.0;
        foreach (var cost in costs[tail..]) sum += cost;
        return (p10, p50, p90, sum / (n - tail));
    }

    /// <summary>From a few values at equal distances, the one whose rank among them is that of the wanted one among all: it halves the work of long arrays.</summary>
    private static double Guess(Span<double> values, int low, int high, int rank)
    {
        Span<double> some = stackalloc double[Few];
        var step = (high - low) / Few;
        for (var i = 0; i < Few; i++) some[i] = values[low + (i * step)];
        some.Sort();
        return some[(int)((long)(rank - low) * (Few - 1) / (high - low))];
    }

    private static double Middle(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
