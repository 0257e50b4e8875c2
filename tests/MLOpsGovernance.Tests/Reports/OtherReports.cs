using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Advice;
using MLOpsGovernance.Reports.AuditPeriods;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Recalls;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>The organisation's audit period, one team's assessment, and one recall.</summary>
internal static class OtherReports
{
    private static readonly string[] Types = ["policy_checked", "version_registered", "approval_granted", "model_deployed", "finding_opened", "lineage_reported", "review_requested"];

    public static AuditPeriodReport Audit(int events = 400) => new()
    {
        Frame = Portfolios.Frame("audit-period"),
        Period = new(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), Portfolios.AsOf),
        Events = [.. Enumerable.Range(0, events).Select(i => new AuditEvent(180_000 + i, Portfolios.AsOf.AddDays(-29).AddMinutes(i * 41_000d / Math.Max(1, events)), Types[(i * 5) % 7], i % 3 == 0 ? $"model:motor-scoring-{i % 90:000}" : $"check:{new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString()[..13]}", i % 2 == 0 ? "pipeline-claims" : Portfolios.People[i % 8], i % 5 == 0 ? "production, allow" : null))],
        EventsByDay = [.. Enumerable.Range(0, 30).Select(i => new TimePoint(Portfolios.AsOf.AddDays(i - 29), (events / 30) + (i * 7 % 13)))],
        Approvals = [.. Enumerable.Range(0, 26).Select(static i => new AuditApproval(Portfolios.AsOf.AddDays(-28).AddHours(i * 25), $"cards-limit-{i:000}", 1 + (i % 5), i % 2 == 0 ? "model-validator" : "ai-risk-officer", Portfolios.People[i % 8], i % 9 == 4 ? "rejected" : "approved", [Portfolios.People[(i + 3) % 8]]))],
        Exceptions =
        [
            new("waiver", Portfolios.AsOf.AddDays(-20), "motor-scoring-017", "s-devi9", "s-gita5", "The explanation service moves to the new cluster in November.", Portfolios.AsOf.AddDays(7), "in force"),
            new("break-glass", Portfolios.AsOf.AddDays(-9), "cards-limit-044", "s-hugo8", "s-eve18", "Wrong limits for 3 400 cards after the currency change; rolled back within 40 minutes.", Portfolios.AsOf.AddDays(-9).AddHours(4), "finding f-88 open"),
            new("refused attempt", Portfolios.AsOf.AddDays(-4), "branch-forecast-112", "s-bob07", null, "Tried to approve a version that the same person had trained.", null, "refused"),
        ],
        Duties = [new("Nobody approves what they authored, requested or trained", 26, 1, 0, "Attempt of 26 November, by s-bob07"), new("Two people for a waiver", 3, 0, 0), new("Two people for an emergency", 1, 0, 0), new("Deployments only on an allowing decision", 212, 4, 0, "Stale decisions of one pipeline"), new("Policy sets are adopted by another person than their proposer", 1, 0, 0)],
        Integrity = [new("Root recomputed from all events", "equal", Tone.Good, Portfolios.AsOf.AddMinutes(-1), "184,213 leaves"), new("Consistent with the checkpoint of the last report", "consistent", Tone.Good, Portfolios.AsOf.AddMinutes(-1), "162,020 leaves then"), new("Signature of the log", "valid", Tone.Good, Portfolios.AsOf.AddMinutes(-1)), new("Witness signatures", "1 of 2", Tone.Attention, Portfolios.AsOf.AddHours(-2), "witness-b has not answered since 28 November")],
    };

    public static MaturityReport Maturity() => new()
    {
        Frame = Portfolios.Frame("maturity"),
        Team = "claims",
        Window = new(new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), Portfolios.AsOf),
        Verdict = "The team releases models in a controlled way but watches them by hand: level 2, held down by monitoring. Buy the platform's monitoring and serving, keep the feature pipelines that it has built.",
        Floor = 2,
        Mean = 2.4,
        EvidenceShare = 0.55,
        Answered = 0.94,
        Contradictions = [new("D6.3 Does every production model have a live monitor?", "yes, all", "6 of 11 models", true, "5 models sent no metric in the last 24 hours"), new("D5.5 Has rollback been exercised within its time objective?", "yes", "no event in 180 days", false)],
        NextActions = [new("Connect the five silent models to monitoring", "s-finn3", "D6 from 1 to 2, and the floor with it", Portfolios.AsOf.AddDays(30)), new("Drill one rollback and record how long it took", "s-ada41", "D5.5 becomes evidence", Portfolios.AsOf.AddDays(14)), new("Attach the validation report to each training run", "s-devi9", "D1.2 from claimed to evidenced", Portfolios.AsOf.AddDays(60))],
        Dimensions =
        [
            new("Data", false, 2.5, 2.1, 2.1, 3, 0.6), new("Traceability", true, 3.2, 3.0, 3.0, 3, 0.8), new("Model quality", false, 2.8, 1.9, 2, 3, 0.4), new("Pipeline", true, 3, 2.6, 2.6, 3, 0.7), new("Release control", true, 3.5, 2.8, 2.8, 3, 0.7, "rollback not shown"), new("Monitoring", true, 3.1, 1.4, 2, 3, 0.3, "widest gap"),
            new("Governance", true, 3, 2.9, 2.9, 3, 0.9), new("People and cost", false, 2.2, null, 2.2, 2, null, "claims only"),
        ],
        Views = [new("Microsoft MLOps maturity", "level 2 of 4", ["automated tests in every release", "metrics in production start retraining"]), new("Google MLOps levels", "level 1 of 2", ["tests of the pipeline itself"], "according to secondary sources"), new("ML Test Score (2017)", "1.5: first pass", ["monitoring: training and serving skew", "infrastructure: rollback"], "scores having a test, not passing it")],
        Roles = [new("MLOps engineer", 2, 1, "one person for eleven models"), new("Data engineer", 2, 2.5), new("Model validator", 1, 0.5, "shared with pricing")],
        Capabilities =
        [
            new("Feature pipelines", "keep building", [new("build", 0.71), new("buy", 0.18), new("defer", 0.11)], "What exists fits, and no product reads the claims system"), new("Model registry", "buy", [new("buy", 0.83), new("build", 0.17)], "Bought with serving it costs little more"), new("Serving", "buy", [new("buy", 0.64), new("build", 0.36)], "Two engineers fewer from the second year"),
            new("Monitoring", "buy", [new("buy", 0.77), new("build", 0.23)], "Closes the contradiction soonest"), new("Experiment tracking", "defer", [new("defer", 0.58), new("buy", 0.42)], "Nobody waits for it"),
        ],
        Portfolios = [new("Buy serving and monitoring", true, true, 1_240_000, 980_000, 1_210_000, 1_560_000, 0.61, 38_000, "advised"), new("Buy everything", false, true, 1_390_000, 1_150_000, 1_370_000, 1_680_000, 0.21, 164_000), new("Build everything", false, true, 1_710_000, 1_080_000, 1_640_000, 2_520_000, 0.12, 471_000, "long tail"), new("As it is", false, true, 1_530_000, 1_190_000, 1_490_000, 1_940_000, 0.06, 302_000), new("Cloud suite", false, false, null, null, null, null, null, null, "data may not leave the country")],
        Drivers = [new("Salary of an engineer", 1_090_000, 1_390_000), new("Licence per model", 1_130_000, 1_330_000), new("Incidents a year", 1_160_000, 1_290_000), new("Months to go live", 1_180_000, 1_260_000), new("Discount rate", 1_235_000, 1_190_000)],
        SwitchingValues = [new("Licence per model", 4_200, 9_150, "Build everything", "EUR a year"), new("Engineers available", 2, 5, "Build everything"), new("Incidents a year", 6, null, null)],
        InformationValues = [new("Licence per model", 21_000, "ask two suppliers for a binding offer"), new("Months to go live", 6_500, "a pilot with one model")],
        Currency = "EUR",
        Method = [new("Instrument", "version 1, 8 dimensions, 48 questions"), new("Runs", "10,000, seed 42"), new("Horizon", "3 years, discounted at 6 %"), new("Evidence", "events of 180 days")],
        Sources = ["Microsoft Learn, MLOps maturity model, 2025-10-28", "Breck et al., The ML Test Score, IEEE Big Data 2017"],
        Limits = ["Costs are estimates of the team; three items were not estimated and are not in the total.", "A share of few cases moves by a level when one case changes; such levels are marked provisional."],
        NotApplicable = [new("D5.4 Staged releases", "The claims system has one user group.")],
    };

    public static RecallReport Recall() => new()
    {
        Frame = Portfolios.Frame("recall"),
        Dataset = "motor-claims",
        Versions = ["2026-03"],
        Reason = "The March extract holds claims of people who had objected to the use of their data; their objections were lost when the source system was moved.",
        DeclaredBy = "s-gita5",
        DeclaredAt = new(2026, 11, 12, 9, 40, 0, TimeSpan.Zero),
        BeganAt = new(2026, 3, 31, 22, 0, 0, TimeSpan.Zero),
        Datasets = [new("motor-features", "2026-03", 1, ["motor-claims"]), new("fraud-joined", "v31", 2, ["motor-claims", "motor-features"])],
        Models = [.. Enumerable.Range(0, 9).Select(static i => new ReachedModel(i < 3 ? "motor-scoring-017" : $"fraud-matching-{i:000}", i + 3, i < 3 ? "claims" : "fraud-desk", i % 3 == 0 ? "live" : "superseded", i < 3 ? 1 : 3, Portfolios.People[i % 8]))],
        Deployments = [new("motor-scoring-017", 5, "production", false, new(2026, 4, 19, 8, 0, 0, TimeSpan.Zero), new(2026, 8, 2, 8, 0, 0, TimeSpan.Zero), "replaced by version 6"), new("fraud-matching-006", 9, "production", true, new(2026, 7, 1, 8, 0, 0, TimeSpan.Zero), null, "retrained version in review"), new("fraud-matching-003", 6, "staging", false, new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero), new(2026, 11, 12, 13, 5, 0, TimeSpan.Zero), "stopped")],
        LineageNodes = [new("c", "motor-claims 2026-03", LineageKind.Dataset, true), new("j", "derive-features", LineageKind.Job), new("f", "motor-features 2026-03", LineageKind.Dataset), new("q", "fraud-joined v31", LineageKind.Dataset), .. Enumerable.Range(0, 9).Select(static i => new LineageNode($"m{i}", i < 3 ? $"motor-scoring-017 v{i + 3}" : $"fraud-matching-{i:000} v{i + 3}", LineageKind.Model)), new("p", "production", LineageKind.Deployment), new("s", "staging", LineageKind.Deployment)],
        LineageEdges = [new("c", "j"), new("j", "f"), new("f", "q"), .. Enumerable.Range(0, 3).Select(static i => new LineageEdge("c", $"m{i}")), .. Enumerable.Range(3, 6).Select(static i => new LineageEdge("q", $"m{i}")), new("m2", "p"), new("m6", "p"), new("m3", "s")],
        Actions = [new("Stop every deployment of versions trained on it", "s-hugo8", new(2026, 11, 14, 0, 0, 0, TimeSpan.Zero), null, "one is left: fraud-matching-006"), new("Retrain without the objections", "s-devi9", new(2026, 12, 15, 0, 0, 0, TimeSpan.Zero), null), new("Tell the supervisory authority", "s-gita5", new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero), new(2026, 11, 13, 16, 20, 0, TimeSpan.Zero), "reference 2026-1188"), new("Test that objections survive a move of the source", "s-finn3", new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), null)],
        Moments = [new(new(2026, 11, 11, 17, 5, 0, TimeSpan.Zero), "A person complains that an objection was not kept", "customer care"), new(new(2026, 11, 12, 9, 40, 0, TimeSpan.Zero), "Recall declared; the gate denies every version trained on it", "s-gita5"), new(new(2026, 11, 12, 13, 5, 0, TimeSpan.Zero), "fraud-matching-003 stopped in staging", "s-hugo8"), new(new(2026, 11, 13, 16, 20, 0, TimeSpan.Zero), "Authority told", "s-gita5")],
    };
}
