namespace MLOpsGovernance.Advisor.Money;

/// <param name="Fte">Full-time people who run it.</param>
/// <param name="Rate">What one of them costs in a year today.</param>
/// <param name="Exit">Paid in the last year.</param>
public sealed record OwnershipTerms(int Years, double OneOff, double Fte, double Rate, double PayrollGrowth, double Infrastructure, double Licence, double Support, double Exit, double DiscountRate, double PriceEscalation = 0);

/// <param name="ByYear">From year 0, undiscounted.</param>
public sealed record OwnershipCost(IReadOnlyList<double> ByYear, double Undiscounted, double PresentValue)
{
    public static OwnershipCost Of(OwnershipTerms terms)
    {
        double[] years = [terms.OneOff, .. Enumerable.Range(1, terms.Years).Select(year =>
            (terms.Fte * terms.Rate * Math.Pow(1 + terms.PayrollGrowth, year))
            + terms.Infrastructure
            + ((terms.Licence + terms.Support) * Math.Pow(1 + terms.PriceEscalation, year - 1))
            + (year == terms.Years ? terms.Exit : 0))];
        return new(years, years.Sum(), Flows.PresentValue(terms.DiscountRate, years));
    }
}

/// <summary>What waiting costs, and from which quantity on the cheaper of two options is the other one.</summary>
public static class Switching
{
    public static double DelayCost(double valuePerMonth, double months) => valuePerMonth * months;

    /// <summary>The number of units at which both cost the same; null where they never do.</summary>
    public static double? Units(double fixedBuild, double fixedBuy, double rateBuild, double rateBuy = 0) =>
        rateBuild == rateBuy ? null : (fixedBuy - fixedBuild) / (rateBuild - rateBuy);
}
