using System.Numerics;

namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>
/// A stream of pseudo-random numbers that depends on nothing but its seed and its name: xoshiro256**, seeded through SplitMix64.
/// Streams of different names are independent, so that adding one input leaves the draws of all others as they were.
/// </summary>
internal sealed class Draws
{
    private ulong _a, _b, _c, _d;

    public Draws(ulong seed, string stream = "")
    {
        var state = seed;
        foreach (var letter in stream) state = Mix(state ^ letter);
        (_a, _b, _c, _d) = (Next(ref state), Next(ref state), Next(ref state), Next(ref state));
    }

    /// <summary>Strictly between 0 and 1.</summary>
    public double Uniform() => ((Bits() >> 11) + 0.5) * (1.0 / (1UL << 53));

    public double Normal() => Statistics.Normal.QuickQuantile(Uniform());

    /// <summary>Of 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Uniform() * count);

    public double[] Uniforms(int count)
    {
        var drawn = new double[count];
        for (var i = 0; i < count; i++) drawn[i] = Uniform();
        return drawn;
    }

    public double[] Normals(int count)
    {
        var drawn = new double[count];
        for (var i = 0; i < count; i++) drawn[i] = Normal();
        return drawn;
    }

    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private ulong Bits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
