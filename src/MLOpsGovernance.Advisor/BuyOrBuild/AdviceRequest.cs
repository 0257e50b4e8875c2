using MLOpsGovernance.Advisor.Portfolios;

namespace MLOpsGovernance.Advisor.BuyOrBuild;

/// <param name="Utility">Points from 0 to 10: how well it does what is wanted.</param>
/// <param name="Stack">Whose it is: options of one stack need no integration with each other.</param>
/// <param name="Places">Where data would go; empty where they stay.</param>
/// <param name="Unmet">Must-have requirements that it does not meet.</param>
public sealed record OptionTerms(double Utility, string Stack, IReadOnlyDictionary<CostItem, Estimate> Costs, IReadOnlyList<string>? Places = null, IReadOnlyList<string>? Unmet = null);

/// <summary>What things cost as they are, each year and for as long as they stay so.</summary>
public sealed record StatusQuo(Estimate? ManualHoursPerMonth = null, Estimate? IncidentsPerYear = null, Estimate? CostPerIncident = null);

/// <param name="ValuePerMonth">What being live is worth, and waiting costs.</param>
/// <param name="MustHaves">Requirements without which an option is none.</param>
public sealed record CapabilityTerms(IReadOnlyDictionary<Way, OptionTerms> Options, StatusQuo StatusQuo, Estimate? ValuePerMonth = null, IReadOnlyList<string>? MustHaves = null);

/// <param name="EngineerRate">What a full-time engineer costs in a year today.</param>
/// <param name="Turnover">Share of the people who leave in a year.</param>
/// <param name="Replacement">What replacing one of them costs.</param>
/// <param name="SeamCost">Integrating two stacks at one seam, once.</param>
/// <param name="SuiteDiscount">Share of licence and support that a supplier lets off who serves at least <paramref name="SuiteMinimum"/> capabilities.</param>
/// <param name="SeamPoints">Points lost at each seam.</param>
/// <param name="SuitePoints">Points gained with a suite.</param>
public sealed record SharedTerms(
    int HorizonYears, double DiscountRate, Estimate EngineerRate, Estimate? PayrollGrowth = null, Estimate? PriceEscalation = null, Estimate? Turnover = null, Estimate? Replacement = null, Estimate? SeamCost = null,
    double SuiteDiscount = 0, int SuiteMinimum = 3, double SeamPoints = 1, double SuitePoints = 0, double HoursPerYear = SharedTerms.UsualHours)
{
    public const double UsualHours = 1680;
}

/// <summary>What must hold, and is never traded against points. Null is no constraint.</summary>
/// <param name="AllowedPlaces">Where data may go.</param>
/// <param name="Private">Capabilities whose data may not leave what one runs oneself.</param>
/// <param name="Budget">Mean present value of the whole.</param>
/// <param name="Mandatory">Capabilities that may not be deferred.</param>
public sealed record Constraints(
    IReadOnlyList<string>? AllowedPlaces = null, IReadOnlyList<Capability>? Private = null, double? Budget = null, double? Headcount = null, double? GoLiveMonths = null, IReadOnlyList<Capability>? Mandatory = null,
    bool MustHaves = false);

/// <summary>Two inputs that move together, by their names.</summary>
public sealed record Correlation(string A, string B, double Rho);

/// <summary>All that a recommendation rests on. The same request and seed give the same bytes.</summary>
public sealed record AdviceRequest(
    IReadOnlyDictionary<Capability, CapabilityTerms> Capabilities, SharedTerms Shared, Constraints Constraints, ulong Seed = 1, int Runs = AdviceRequest.UsualRuns, IReadOnlyList<Correlation>? Correlations = null)
{
    public const int UsualRuns = 10_000, FewestRuns = 100, MostRuns = 100_000, LongestHorizon = 30;
}
