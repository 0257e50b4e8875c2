using System.Globalization;
using MLOpsGovernance.Reports;
using MLOpsGovernance.Reports.Advice;
using MLOpsGovernance.Reports.AuditPeriods;
using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Compliance;
using MLOpsGovernance.Reports.Portfolio;
using MLOpsGovernance.Reports.Recalls;

namespace MLOpsGovernance.Tests.Reports;

/// <summary>Report models that nobody wishes for, and that come all the same. Each row carries a word of its own, so that it can be counted.</summary>
internal static class HostileReports
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("Unbrechbar", 30));

    private static readonly string[] Names =
    [
        Long, "", "   ", "a", "<script>alert(1)</script>", "{{7*7}} ${x} %n", "模型治理报告", "שלום עולם 123", "نموذج المخاطر 42", "नमस्ते", "e\u0301\u0302\u0303\u0304 combined", "👩‍👩‍👧‍👦🧪", "lone \uD83D half", "nul \0 tab \t line\r\nend", "RTL \u202E override", "javascript:alert(1)",
        new string('W', 300), string.Join('-', Enumerable.Repeat("part", 60)),
    ];

    private static readonly double[] Numbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, -0.0, -1234567.891, 0, 1e15];

    public static IEnumerable<Report> Empty()
    {
        var frame = new ReportFrame { ReportId = "", AsOf = default, Organisation = new("") };
        yield return new ModelComplianceReport { Frame = frame, Model = "", Team = "", State = "", Risk = new(null, null, false, []) };
        yield return new PortfolioReport { Frame = frame, Period = new(default, default) };
        yield return new AuditPeriodReport { Frame = frame, Period = new(default, default) };
        yield return new MaturityReport { Frame = frame, Team = "", Verdict = "", Currency = "" };
        yield return new RecallReport { Frame = frame, Dataset = "", Reason = "", DeclaredBy = "", DeclaredAt = default };
    }

    /// <summary>With that many rows in every list.</summary>
    public static IEnumerable<Report> Of(int rows)
    {
        var frame = new ReportFrame { ReportId = Names[4], AsOf = DateTimeOffset.MaxValue, Organisation = new(Long, [1, 2, 3]), Classification = Long, Checkpoint = new(Long, long.MaxValue, Long), VerificationUrl = "javascript:alert(1)", IssuedBy = Long };
        yield return new ModelComplianceReport
        {
            Frame = frame, Model = Long, DisplayName = Names[7], Team = Long, Owner = Names[8], Purpose = Long, State = Long, Risk = new(Long, -7, false, Many(rows, N)), RegisteredAt = DateTimeOffset.MinValue,
            Versions = Many(rows, static i => new ReportedVersion(i - 3, N(i), N(i + 1), Many(i % 4, N), null, N(i), N(i), Many(i % 5, N), i % 3 == 0 ? [new(N(i), D(i))] : null)),
            Datasets = Many(rows, static i => new ReportedDataset(N(i), N(i + 1), null, null, Many(i % 3, N))),
            LineageNodes = Many(Math.Min(rows, 400), static i => new LineageNode($"n{i % 300}", N(i), (LineageKind)(i % 4))), LineageEdges = Many(rows, static i => new LineageEdge($"n{i % 300}", $"n{i * 7 % 300}")),
            Approvals = Many(rows, static i => new ReportedApproval(N(i), i, N(i), N(i), N(i), N(i), DateTimeOffset.MinValue)), Decisions = Many(rows, static i => new ReportedDecision(N(i), i, N(i), N(i), "deny", default, Many(i % 9, N))),
            Deployments = Many(rows, static i => new ReportedDeployment(i, N(i), default, N(i), N(i))), Waivers = Many(rows, static i => new ReportedWaiver(N(i), N(i), N(i), N(i), null, N(i))), Findings = Many(rows, static i => new ReportedFinding(N(i), N(i), "critical", N(i), null, default, default)),
            Monitoring = Many(rows, static i => new ReportedMeasure(N(i), D(i), N(i), N(i), (Tone)(i % 5))), Measured = [new(Long, Many(rows, static i => new TimePoint(DateTimeOffset.UnixEpoch.AddDays(i), D(i))))],
            Frameworks = Many(40, f => new FrameworkControls(N(f), Many(Math.Min(rows, 50), static i => new ReportedControl(N(i), N(i), N(i), (Tone)(i % 5), N(i), "javascript:x")))),
        };
        yield return new PortfolioReport
        {
            Frame = frame, Period = new(DateTimeOffset.MaxValue, DateTimeOffset.MinValue), PreviousAsOf = default(DateTimeOffset), Decisions = Many(rows, static i => new AskedDecision(N(i), N(i), null, N(i), N(i), N(i))), Indicators = Many(rows, static i => new RiskIndicator(N(i), D(i), N(i), N(i), N(i), (Tone)(i % 5), D(i + 1))),
            Changes = Many(rows, static i => new PortfolioChange(N(i), D(i), D(i + 1))), Models = Many(rows, static i => new PortfolioModel(N(i), N(i), i % 2 == 0 ? null : N(i), i, N(i % 18), Many(i % 3, N), -i)), Gate = Many(Math.Min(rows, 500), static i => new GateOutcomes(N(i), i, -i, long.MaxValue / 1000, 0)),
            Overdue = Many(rows, static i => new DatedItem(N(i), N(i), null, null, DateTimeOffset.MinValue)), Expiring = Many(rows, static i => new DatedItem(N(i), N(i), N(i), N(i), DateTimeOffset.MaxValue)), Exposures = Many(Math.Min(rows, 60), static i => new Exposure(N(i), N(i + 1), -i, new(D(i), "EUR"))),
            RiskByControl = new(Many(Math.Min(rows, 40), N), Many(40, N), Many(Math.Min(rows, 40), static i => (IReadOnlyList<double?>)Many(i, static n => (double?)D(n))), Long),
        };
        yield return new AuditPeriodReport
        {
            Frame = frame, Period = new(default, default), Scope = Long, Events = Many(rows, static i => new AuditEvent(-i, default, N(i), N(i), N(i), N(i))), EventsByDay = Many(rows, static i => new TimePoint(DateTimeOffset.UnixEpoch.AddDays(i), D(i))), Approvals = Many(rows, static i => new AuditApproval(default, N(i), i, N(i), N(i), N(i))),
            Exceptions = Many(rows, static i => new ExceptionalAct(N(i), default, N(i), N(i), null, N(i))), Duties = Many(rows, static i => new DutyCheck(N(i), i, -i, i % 2)), Integrity = Many(rows, static i => new IntegrityCheck(N(i), N(i), (Tone)(i % 5))),
        };
        yield return new MaturityReport
        {
            Frame = frame, Team = Long, Verdict = Long, Currency = Long, Mean = double.NaN, EvidenceShare = double.NegativeInfinity, Contradictions = Many(rows, static i => new Contradiction(N(i), N(i), N(i), true)), NextActions = Many(rows, static i => new NextAction(N(i), null, null)),
            Dimensions = Many(Math.Min(rows, 40), static i => new MaturityDimension(N(i), false, D(i), D(i + 1), null, D(i), D(i))), Views = Many(rows, static i => new CrossView(N(i), N(i), Many(i % 30, N))), Roles = Many(rows, static i => new RoleGap(N(i), D(i), D(i + 3))), Capabilities = Many(rows, static i => new AdvisedCapability(N(i), N(i), [new(N(i), D(i))])),
            Portfolios = Many(rows, static i => new AdvisedPortfolio(N(i), i == 3, false, D(i), D(i), D(i), D(i), D(i), D(i))), Drivers = Many(rows, static i => new TornadoBar(N(i), D(i), D(i + 1))), SwitchingValues = Many(rows, static i => new SwitchingValue(N(i), D(i), null, null)), InformationValues = Many(rows, static i => new InformationValue(N(i), D(i))),
            Method = Many(rows, static i => new MethodNote(N(i), N(i))), Sources = Many(rows, N), Limits = Many(rows, N), NotApplicable = Many(rows, static i => new MethodNote(N(i), N(i))),
        };
        yield return new RecallReport
        {
            Frame = frame, Dataset = Long, Versions = Many(rows, N), Reason = Long, DeclaredBy = Long, DeclaredAt = DateTimeOffset.MaxValue, BeganAt = DateTimeOffset.MinValue, Datasets = Many(rows, static i => new ReachedDataset(N(i), N(i), i, Many(i % 20, N))), Models = Many(rows, static i => new ReachedModel(N(i), i, N(i), N(i), i)),
            Deployments = Many(rows, static i => new ReachedDeployment(N(i), i, N(i), i % 2 == 0, default)), LineageNodes = Many(rows, static i => new LineageNode($"n{i}", N(i), LineageKind.Job)), LineageEdges = Many(rows, static i => new LineageEdge($"n{i}", $"n{i + 1}")), Actions = Many(rows, static i => new RecallAction(N(i), null, null, null)), Moments = Many(rows, static i => new RecallMoment(default, N(i))),
        };
    }

    private static List<T> Many<T>(int count, Func<int, T> make) => [.. Enumerable.Range(0, count).Select(make)];

    private static string N(int i) => $"{Names[i % Names.Length]} r{i.ToString(CultureInfo.InvariantCulture)}r";

    private static double D(int i) => Numbers[i % Numbers.Length];
}
