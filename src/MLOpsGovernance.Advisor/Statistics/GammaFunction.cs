namespace MLOpsGovernance.Advisor.Statistics;

/// <summary>The gamma function and its regularised incomplete forms, to about 14 digits.</summary>
internal static class GammaFunction
{
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    public static double Log(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - Log(1 - x);
        var z = x - 1;
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) sum += Lanczos[i] / (z + i);
        var t = z + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((z + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }

    /// <summary>Q(a, x), the upper tail. Each side is computed where its series converges, so that small tails keep their digits.</summary>
    public static double Upper(double a, double x) => x <= 0 ? 1 : x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    /// <summary>P(a, x), the lower tail.</summary>
    public static double Lower(double a, double x) => x <= 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    private static double Series(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; n < 2000 && Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum * Math.Exp(-x + (a * Math.Log(x)) - Log(a));
    }

    private static double Fraction(double a, double x)
    {
        const double tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 2000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = Above((an * d) + b, tiny);
            c = Above(b + (an / c), tiny);
            d = 1 / d;
            var delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16) break;
        }

        return h * Math.Exp(-x + (a * Math.Log(x)) - Log(a));
    }

    private static double Above(double value, double tiny) => Math.Abs(value) < tiny ? tiny : value;
}
