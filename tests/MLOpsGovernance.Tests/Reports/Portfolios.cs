using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Portfolio;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>A made-up organisation with 200 models, always the same one.</summary>
internal static class Portfolios
{
    public static readonly DateTimeOffset AsOf = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static readonly string[] Teams = ["retail-credit", "fraud-desk", "claims", "pricing", "customer-care", "logistics", "treasury", "marketing-science"];
    public static readonly string[] People = ["s-ada41", "s-bob07", "s-chen2", "s-devi9", "s-eve18", "s-finn3", "s-gita5", "s-hugo8"];

    private static readonly string[] Uses = ["scoring", "churn", "uplift", "limit", "routing", "forecast", "triage", "matching", "anomaly", "ranking"];
    private static readonly string[] Areas = ["retail", "corporate", "motor", "home", "cards", "branch", "online", "broker"];

    /// <summary>A logo of nobody.</summary>
    private const string Logo = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 140 40"><rect width="40" height="40" rx="8" fill="#0B5394"/><path d="M10 28 L17 14 L23 24 L30 10" stroke="#fff" stroke-width="3.4" fill="none" stroke-linejoin="round" stroke-linecap="round"/><text x="48" y="27" font-size="19" font-weight="700" fill="#1F2933">Northline</text></svg>""";

    public static ReportFrame Frame(string kind) => new()
    {
        ReportId = $"report-{kind}-2026-11",
        AsOf = AsOf,
        IssuedBy = "s-gita5 (compliance officer)",
        Organisation = new("Northline Mutual", System.Text.Encoding.UTF8.GetBytes(Logo)),
        Classification = "Confidential",
        Checkpoint = new("mlops.northline.example/log", 184_213, "qN3jX1bM0hJt6rU1yq7G2pQk5tO9vJm3cR8sZ4wYb0E=", AsOf.AddMinutes(-1)),
        VerificationUrl = $"https://mlops.northline.example/verify/report-{kind}-2026-11",
    };

    public static IReadOnlyList<PortfolioModel> Models(int count = 200)
    {
        var random = new Random(20261130);
        List<PortfolioModel> models = [];
        for (var i = 0; i < count; i++)
        {
            var risk = random.NextDouble() switch { < 0.005 => "prohibited", < 0.22 => "high", < 0.5 => "limited", < 0.94 => "minimal", _ => null };
            var state = random.NextDouble() switch { < 0.5 => "live", < 0.68 => "in review", < 0.86 => "registered", < 0.92 => "suspended", _ => "retired" };
            models.Add(new(
                $"{Areas[random.Next(Areas.Length)]}-{Uses[random.Next(Uses.Length)]}-{i:000}", Teams[random.Next(Teams.Length)], risk, risk is null ? null : risk == "high" ? 1 : random.Next(2, 4), state,
                state == "live" ? random.Next(3) == 0 ? ["production", "staging"] : ["production"] : state == "in review" ? ["staging"] : [], random.NextDouble() < 0.2 ? random.Next(1, 5) : 0,
                state == "registered" ? null : random.NextDouble() switch { < 0.72 => "allow", < 0.88 => "warn", _ => "deny" }, state == "retired" ? null : AsOf.AddDays(random.Next(-40, 300)), People[random.Next(People.Length)]));
        }

        return models;
    }

    public static PortfolioReport Executive(int count = 200)
    {
        var models = Models(count);
        return new()
        {
            Frame = Frame("portfolio"),
            Period = new(new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), AsOf),
            PreviousAsOf = new(2026, 9, 30, 12, 0, 0, TimeSpan.Zero),
            Decisions =
            [
                new("Stop motor-scoring-017 in production, or accept the risk until February", "Chief risk officer", AsOf.AddDays(7), "It stays live under a waiver that ends on 7 December; after that every deployment of the claims team is denied.", "Its training data was recalled on 12 November, and the retrained version is in review.", "https://mlops.northline.example/models/motor-scoring-017"),
                new("Fund a second validator for high-risk models", "Head of risk management", AsOf.AddDays(18), "Reviews of 9 high-risk models pass their date in January; their approvals lapse and the gate stops them.", "One person validates 44 models; the agreed share is 20."),
                new("Confirm the class of four models that count as high risk until somebody does", "AI risk officer", AsOf.AddDays(30), "They keep needing two approvals each, which costs about three weeks a release."),
            ],
            Indicators =
            [
                new("High-risk models live without approval in force", 2, "", "none", "outside appetite", Tone.Bad, 1),
                new("Findings overdue, of those open", 11.4, "%", "at most 10 %", "outside appetite", Tone.Bad, 8.2),
                new("Models past their review date", 4.5, "%", "at most 5 %", "near the limit", Tone.Attention, 6.1),
                new("Deployments outside the gate", 0, "", "none", "within appetite", Tone.Good, 0),
                new("Waivers in force on high-risk models", 3, "", "at most 5", "within appetite", Tone.Good, 4),
                new("Live models without drift monitoring", double.NaN, "%", "at most 15 %", "not known", Tone.Unknown),
            ],
            Changes = [new("Models registered", 188, models.Count, "12 new, most of them in pricing"), new("High-risk models live", 19, 21), new("Share of deployments denied (%)", 9.8, 7.1), new("Open findings", 61, 68, "23 opened, 16 closed"), new("Evidence share of the maturity assessments (%)", 48, 55)],
            Models = models,
            Gate = [.. Enumerable.Range(0, 9).Select(static i => new GateOutcomes($"2026-{i + 3:00}", 410 + (i * 23), 62 + (i * 3 % 11), 58 - (i * 2), i % 3))],
            Overdue = [.. models.Where(static m => m.NextReview < AsOf).Take(14).Select(static m => new DatedItem("review", "Periodic review", m.Name, m.Owner, m.NextReview!.Value)), new("finding", "No baseline comparison for the slice of customers above 75", "motor-scoring-017", "s-devi9", AsOf.AddDays(-12))],
            Expiring = [.. models.Where(static m => m.NextReview > AsOf && m.NextReview < AsOf.AddDays(21)).Take(12).Select(static m => new DatedItem("approval", "Approval by model-validator", m.Name, m.Owner, m.NextReview!.Value)), new("waiver", "gate/independent-approval for a reference model", "cards-limit-044", "s-hugo8", AsOf.AddDays(7))],
            Exposures = [new("high", "production", 21, new(41_200_000, "EUR")), new("high", "staging", 9), new("limited", "production", 31, new(8_750_000, "EUR")), new("limited", "staging", 14), new("minimal", "production", 47, new(-120_000, "EUR")), new("minimal", "staging", 18)],
            RiskByControl = new(["Wrong decisions", "Unfair treatment", "Data leak", "Unexplained change", "Supplier failure"], ["Approval", "Validation", "Monitoring", "Access", "Lineage"],
                [[2, 4, 9, 0, 3], [1, 7, 12, 0, 5], [0, 1, 2, 1, 0], [0, 2, 3, 0, 8], [null, 3, 1, null, null]], "Monitoring is the weakest control: it is not effective for 12 models at risk of unfair treatment."),
        };
    }
}
