using System.Globalization;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Compliance;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>One high-risk model of that organisation.</summary>
internal static class Compliances
{
    private static readonly string[] Controls =
    [
        "Risk management system", "Data and data governance", "Technical documentation", "Record keeping", "Transparency to deployers", "Human oversight", "Accuracy, robustness and cybersecurity",
        "Quality management system", "Corrective action", "Post-market monitoring",
    ];

    /// <param name="decisions">How many gate decisions; with 260 the report has about 20 pages.</param>
    public static ModelComplianceReport Motor(int decisions = 60, int frameworks = 3) => new()
    {
        Frame = Portfolios.Frame("model-compliance"),
        Model = "motor-scoring-017",
        DisplayName = "Motor claims scoring",
        Team = "claims",
        Owner = "s-devi9",
        Purpose = "Ranks motor claims by how likely they need an expert's look, so that handlers see those first. It settles nothing by itself: each claim is decided by a person, who sees the five strongest reasons.",
        State = "live",
        RegisteredAt = new(2025, 3, 4, 9, 12, 0, TimeSpan.Zero),
        Risk = new("high", 1, true, ["Decides in which order people are served who depend on the payment (Annex III, 5).", "Uses personal data of policy holders and of third parties.", "Material: about 41 million EUR of claims a year pass through it."], "provider and deployer", "s-devi9", "s-gita5", new(2026, 2, 11, 15, 30, 0, TimeSpan.Zero)),
        Versions = [.. Enumerable.Range(1, 7).Select(static v => new ReportedVersion(v, $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)v]))}", v switch { 7 => "in review", 6 => "approved", 2 => "rejected", _ => "superseded" }, v == 6 ? ["production", "staging"] : v == 7 ? ["staging"] : [], new DateTimeOffset(2025, 3, 4, 9, 0, 0, TimeSpan.Zero).AddDays(v * 80), "lightgbm 4.6", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)v]))[..40], [Portfolios.People[v % 4], Portfolios.People[(v + 2) % 4]], [new("auc", 0.842 + (v * 0.004)), new("recall_at_5_percent", 0.41 + (v * 0.013)), new("calibration_error", 0.031 - (v * 0.002))]))],
        Datasets =
        [
            new("motor-claims", "2026-09", "confidential", true, ["claims-handling", "fraud-prevention"], "contract", "sha256:aa", false, [6, 7]), new("motor-claims", "2026-03", "confidential", true, ["claims-handling"], "contract", "sha256:ab", true, [4, 5]),
            new("repair-prices", "2026.2", "internal", false, ["claims-handling"], null, "sha256:ac", false, [5, 6, 7]), new("weather-grid", "v11", "public", false, ["claims-handling", "pricing"], null, "sha256:ad", false, [3, 4, 5, 6, 7]),
        ],
        LineageNodes =
        [
            new("d1", "claims-raw", LineageKind.Dataset), new("d2", "policies-raw", LineageKind.Dataset), new("d3", "weather-grid v11", LineageKind.Dataset), new("j1", "clean-claims", LineageKind.Job), new("d4", "motor-claims 2026-09", LineageKind.Dataset),
            new("d5", "repair-prices 2026.2", LineageKind.Dataset), new("j2", "train-motor", LineageKind.Job), new("m6", "motor-scoring-017 v6", LineageKind.Model, true), new("m7", "motor-scoring-017 v7", LineageKind.Model, true), new("p1", "production", LineageKind.Deployment), new("p2", "staging", LineageKind.Deployment),
        ],
        LineageEdges = [new("d1", "j1"), new("d2", "j1"), new("j1", "d4"), new("d3", "j2"), new("d4", "j2"), new("d5", "j2"), new("j2", "m6"), new("j2", "m7"), new("m6", "p1"), new("m7", "p2"), new("m6", "p2")],
        Approvals = [.. Enumerable.Range(1, 12).Select(static i => new ReportedApproval($"a-{i}", (i / 2) + 1, i % 2 == 0 ? "model-validator" : "ai-risk-officer", Portfolios.People[i % 8], i == 3 ? "rejected" : "approved", i switch { 3 => "rejected", > 10 => "in force", 9 => "revoked", _ => "superseded" }, new DateTimeOffset(2025, 5, 1, 10, 0, 0, TimeSpan.Zero).AddDays(i * 41), new DateTimeOffset(2025, 11, 1, 0, 0, 0, TimeSpan.Zero).AddDays(i * 41), i == 3 ? "The recall for small repair shops fell by 9 points and nobody could say why." : "Validation report read; slices above their limits; monitoring plan agreed."))],
        Decisions = [.. Enumerable.Range(0, decisions).Select(static i => new ReportedDecision(new Guid(i, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8).ToString(), 6 + (i % 2), i % 3 == 0 ? "production" : "staging", "deploy", (i % 11) switch { 3 => "deny", 7 => "warn", _ => "allow" }, Portfolios.AsOf.AddHours(-i * 9), (i % 11) switch { 3 => ["gate/independent-approval", "gate/training-data-not-withdrawn"], 7 => ["library/model-card-current"], _ => [] }, "set-14"))],
        Deployments = [new(6, "production", new(2026, 8, 2, 8, 0, 0, TimeSpan.Zero), "pipeline-claims", "0192f-6"), new(5, "production", new(2026, 4, 19, 8, 0, 0, TimeSpan.Zero), "pipeline-claims", "0191a-5", new(2026, 8, 2, 8, 0, 0, TimeSpan.Zero), "superseded"), new(7, "staging", new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), "pipeline-claims", "0193c-7")],
        Waivers = [new("w-1", "library/explanations-tested", "The explanation service moves to the new cluster in November; the old one cannot be tested any more.", "s-devi9", "s-gita5", "in force", Portfolios.AsOf.AddDays(7), 6)],
        Findings =
        [
            new("f-1", "No baseline comparison for the slice of customers above 75", "high", "open", "s-devi9", new(2026, 9, 14, 0, 0, 0, TimeSpan.Zero), Portfolios.AsOf.AddDays(-12)), new("f-2", "Model card names a metric that is not computed any more", "low", "open", "s-bob07", new(2026, 10, 2, 0, 0, 0, TimeSpan.Zero), Portfolios.AsOf.AddDays(40)),
            new("f-3", "Alert on missing weather data had no owner", "medium", "closed", "s-finn3", new(2026, 5, 3, 0, 0, 0, TimeSpan.Zero), new(2026, 6, 3, 0, 0, 0, TimeSpan.Zero), new(2026, 5, 28, 0, 0, 0, TimeSpan.Zero)),
        ],
        Monitoring = [new("population stability of repair_cost", 0.08, "at most 0.2", "within the limit", Tone.Good, Portfolios.AsOf.AddHours(-3), "production"), new("recall at 5 %", 0.452, "at least 0.47", "outside the limit", Tone.Bad, Portfolios.AsOf.AddHours(-3), "production"), new("latency p99 (ms)", 84, "at most 120", "within the limit", Tone.Good, Portfolios.AsOf.AddMinutes(-9), "production"), new("share of claims without weather", double.NaN, "at most 0.05", "not known", Tone.Unknown, null, "production")],
        Measured = [new("recall at 5 %", [.. Enumerable.Range(0, 30).Select(static i => new TimePoint(Portfolios.AsOf.AddDays(-150 + (i * 5)), 0.51 - (i * 0.002) + (Math.Sin(i) * 0.008)))]), new("precision at 5 %", [.. Enumerable.Range(0, 30).Select(static i => new TimePoint(Portfolios.AsOf.AddDays(-150 + (i * 5)), 0.63 + (Math.Cos(i * 0.7) * 0.01)))])],
        Frameworks = [.. Enumerable.Range(0, frameworks).Select(static f => new FrameworkControls(f switch { 0 => "EU AI Act", 1 => "NIST AI RMF", 2 => "ISO/IEC 42001", _ => $"Internal standard {f}" }, [.. Controls.Select((c, i) => new ReportedControl(string.Create(CultureInfo.InvariantCulture, $"{(f == 0 ? "Art." : "C.")} {9 + i}"), c, ((i * 3) + f) % 7 == 2 ? "ineffective" : ((i * 5) + f) % 6 == 4 ? "not tested" : "effective", ((i * 3) + f) % 7 == 2 ? Tone.Bad : ((i * 5) + f) % 6 == 4 ? Tone.Unknown : Tone.Good, i % 3 == 0 ? "approval a-12, validation report" : i % 3 == 1 ? "gate decisions on set-14" : null, i % 3 == 1 ? "https://mlops.northline.example/policy-sets/14" : null))]))],
    };
}
