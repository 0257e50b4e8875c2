using System.Globalization;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <summary>How numbers are shown to people: no more digits than anybody knows. The export keeps them all.</summary>
public static class Figures
{
    /// <summary>Two significant figures, grouped.</summary>
    public static string Money(double amount)
    {
        if (amount == 0) return "0";
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(amount))) - 1);
        return (Math.Round(amount / step) * step).ToString(step < 1 ? "0.##" : "#,##0", CultureInfo.InvariantCulture);
    }

    /// <summary>In steps of five percent; what is neither certain nor impossible is never shown as either.</summary>
    public static string Probability(double p) => (Math.Round(p * 20) * 5) switch
    {
        0 when p > 0 => "under 5 %",
        100 when p < 1 => "over 95 %",
        var percent => string.Create(CultureInfo.InvariantCulture, $"{percent:0} %"),
    };
}
