namespace MLOpsGovernance.Tests.Advisor;

/// <summary>sin x1 + a sin² x2 + b x3⁴ sin x1 on [-π, π]³: the usual touchstone of sensitivity analysis, with its closed forms.</summary>
internal static class Ishigami
{
    public static double At(double a, double b, IReadOnlyList<double> x) => Math.Sin(x[0]) + (a * Math.Pow(Math.Sin(x[1]), 2)) + (b * Math.Pow(x[2], 4) * Math.Sin(x[0]));

    public static double Drawn(double uniform) => ((2 * uniform) - 1) * Math.PI;

    public static (double Variance, double[] First, double[] Total) Closed(double a, double b)
    {
        var (fourth, eighth) = (Math.Pow(Math.PI, 4), Math.Pow(Math.PI, 8));
        var (one, two, together) = (0.5 * Math.Pow(1 + (b * fourth / 5), 2), a * a / 8, 8 * b * b * eighth / 225);
        var variance = one + two + together;
        return (variance, [one / variance, two / variance, 0], [(one + together) / variance, two / variance, together / variance]);
    }
}
