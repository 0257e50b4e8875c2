namespace MLOpsGovernance.Advisor.Uncertainty;

public sealed record InputRange(string Input, double Low, double Base, double High);

/// <param name="SwitchingValue">Where the decision flips, all else as it is; null where it never does.</param>
/// <param name="SwitchesWithinRange">Whether that lies between low and high.</param>
public sealed record TornadoBar(string Input, double AtLow, double AtHigh, double? SwitchingValue, bool SwitchesWithinRange)
{
    public double Swing => Math.Abs(AtHigh - AtLow);
}

/// <summary>Each input at its low and at its high value with all others as they are, the widest swing first.</summary>
public static class Tornado
{
    /// <param name="output">A difference of costs: its sign is the decision. For given values, in the order of the inputs.</param>
    public static IReadOnlyList<TornadoBar> Of(IReadOnlyList<InputRange> inputs, Func<IReadOnlyList<double>, double> output)
    {
        double At(int i, double value) => output([.. inputs.Select((input, j) => j == i ? value : input.Base)]);

        return [.. inputs.Select((input, i) =>
        {
            var switching = Root(value => At(i, value), input);
            return new TornadoBar(input.Input, At(i, input.Low), At(i, input.High), switching, switching >= Math.Min(input.Low, input.High) && switching <= Math.Max(input.Low, input.High));
        }).OrderByDescending(static b => b.Swing)];
    }

    /// <summary>Exact for straight lines, by the secant; bracketed and bisected where the line bends.</summary>
    private static double? Root(Func<double, double> f, InputRange input)
    {
        var width = input.High != input.Low ? input.High - input.Low : Math.Max(1, Math.Abs(input.Base));
        var (a, b) = (input.Base, input.Base + width);
        var (atA, atB) = (f(a), f(b));
        if (atA == 0) return a;
        if (atB == atA) return null;
        var guess = a - (atA * (b - a) / (atB - atA));
        var scale = Math.Max(Math.Abs(atA), Math.Abs(atB));
        for (var i = 0; i < 60 && Math.Abs(f(guess)) > scale * 1e-13; i++)
        {
            (a, atA, b, atB) = (b, atB, guess, f(guess));
            if (atB == atA || !double.IsFinite(guess)) return null;
            guess = b - (atB * (b - a) / (atB - atA));
        }

        return double.IsFinite(guess) && Math.Abs(f(guess)) <= scale * 1e-9 ? guess : null;
    }
}
