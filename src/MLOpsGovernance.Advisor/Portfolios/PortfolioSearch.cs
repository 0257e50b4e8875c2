namespace MLOpsGovernance.Advisor.Portfolios;

/// <param name="AllBuy">The best that is bought everywhere; null where none is feasible.</param>
/// <param name="AllBuild">The best that is assembled or built everywhere.</param>
public sealed record PortfolioResult(int Possible, int Feasible, Portfolio? Best, Portfolio? AllBuy, Portfolio? AllBuild, IReadOnlyList<Portfolio> Frontier)
{
    public double? RegretOfBuying => Best?.Value - AllBuy?.Value;

    public double? RegretOfBuilding => Best?.Value - AllBuild?.Value;
}

public static class PortfolioSearch
{
    public static PortfolioResult Of(PortfolioTerms terms)
    {
        List<Portfolio> all = [.. PortfolioSpace.All(terms)];
        List<Portfolio> feasible = [.. all.Where(p => PortfolioSpace.IsFeasible(p, terms))];
        return new(
            all.Count,
            feasible.Count,
            PortfolioSpace.Best(feasible),
            PortfolioSpace.Best(feasible.Where(static p => p.Choice.All(Platform.IsBought))),
            PortfolioSpace.Best(feasible.Where(static p => p.Choice.All(Platform.IsMade))),
            PortfolioSpace.Frontier(feasible));
    }
}
