namespace MLOpsGovernance.Advisor.Money;

/// <summary>Present values and rates of return.</summary>
public static class Flows
{
    /// <param name="firstPeriod">0 leaves the first flow undiscounted; 1 is the habit of spreadsheets.</param>
    public static double PresentValue(double rate, IReadOnlyList<double> flows, int firstPeriod = 0)
    {
        var (sum, factor) = (0.0, Math.Pow(1 + rate, -firstPeriod));
        foreach (var flow in flows)
        {
            sum += flow * factor;
            factor /= 1 + rate;
        }

        return sum;
    }

    /// <summary>Every rate at which the flows are worth nothing, ascending; a negative one is as good as any. Found by bracketing, so none between -99.99 % and +10,000 % is missed unless two lie closer than half a percent.</summary>
    public static IReadOnlyList<double> RatesOfReturn(IReadOnlyList<double> flows)
    {
        List<double> roots = [];
        double Value(double logarithm) => PresentValue(Math.Exp(logarithm) - 1, flows);
        const double first = -9.2, last = 4.62, step = 0.005;
        var low = first;
        var atLow = Value(low);
        for (var i = 1; low < last; i++)
        {
            var high = first + (i * step);
            var atHigh = Value(high);
            if (atLow == 0) roots.Add(Math.Exp(low) - 1);
            else if (atLow * atHigh < 0) roots.Add(Math.Exp(Bisect(Value, low, high)) - 1);
            (low, atLow) = (high, atHigh);
        }

        return roots;
    }

    private static double Bisect(Func<double, double> f, double low, double high)
    {
        var negativeBelow = f(low) < 0;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (f(middle) < 0 == negativeBelow) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
