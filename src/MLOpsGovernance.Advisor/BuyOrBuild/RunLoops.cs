using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>
/// What is done to the runs of millions of sums: each in one pass, compiled at once instead of after many calls, and in four lanes whatever the machine has, so that the same request gives the same bytes everywhere.
/// </summary>
internal static class RunLoops
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(double[] a, double[] b, double[] into)
    {
        var x = Lanes(a);
        var y = Lanes(b);
        var z = Lanes(into);
        for (var i = 0; i < x.Length && i < y.Length && i < z.Length; i++) z[i] = x[i] + y[i];
        for (var i = x.Length * Vector256<double>.Count; i < a.Length; i++) into[i] = a[i] + b[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTimes(double[] total, double[] by, double factor)
    {
        var x = Lanes(total);
        var y = Lanes(by);
        var f = Vector256.Create(factor);
        for (var i = 0; i < x.Length && i < y.Length; i++) x[i] += y[i] * f;
        for (var i = x.Length * Vector256<double>.Count; i < total.Length; i++) total[i] += by[i] * factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KeepLower(double[] smallest, double[] total)
    {
        var x = Lanes(smallest);
        var y = Lanes(total);
        for (var i = 0; i < x.Length && i < y.Length; i++) x[i] = Vector256.Min(x[i], y[i]);
        for (var i = x.Length * Vector256<double>.Count; i < smallest.Length; i++) smallest[i] = Math.Min(smallest[i], total[i]);
    }

    /// <summary>The mean, the mean of what is above the smallest, and how often it is the smallest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Mean, double Regret, int Cheapest) Against(double[] total, double[] smallest)
    {
        var x = Lanes(total);
        var y = Lanes(smallest);
        var (sums, regrets, cheapest) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<long>.Zero);
        for (var i = 0; i < x.Length && i < y.Length; i++)
        {
            sums += x[i];
            regrets += x[i] - y[i];
            cheapest -= Vector256.LessThanOrEqual(x[i], y[i]).AsInt64();
        }

        var (sum, regret, count) = (Vector256.Sum(sums), Vector256.Sum(regrets), Vector256.Sum(cheapest));
        for (var i = x.Length * Vector256<double>.Count; i < total.Length; i++)
        {
            sum += total[i];
            regret += total[i] - smallest[i];
            count += total[i] <= smallest[i] ? 1 : 0;
        }

        return (sum / total.Length, regret / total.Length, (int)count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Variance(double[] total, double mean)
    {
        var x = Lanes(total);
        var (m, squares) = (Vector256.Create(mean), Vector256<double>.Zero);
        for (var i = 0; i < x.Length; i++)
        {
            var off = x[i] - m;
            squares += off * off;
        }

        var sum = Vector256.Sum(squares);
        for (var i = x.Length * Vector256<double>.Count; i < total.Length; i++) sum += (total[i] - mean) * (total[i] - mean);
        return sum / total.Length;
    }

    private static Span<Vector256<double>> Lanes(double[] values) => MemoryMarshal.Cast<double, Vector256<double>>(values.AsSpan());
}
