using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Compliance;

/// <summary>The model compliance report, section by section.</summary>
internal static class ModelComplianceContent
{
    private static readonly string[] Closed = ["closed", "accepted", "withdrawn"];

    public static ReportContent Of(ModelComplianceReport r) => new()
    {
        Frame = r.Frame,
        Kind = "Model compliance report",
        Title = r.DisplayName ?? r.Model,
        Subtitle = r.DisplayName is null ? r.Purpose : r.Model,
        Cover = [new("Model", r.Model), new("Team", r.Team), new("State", r.State, Tones.OfState(r.State)), new("Risk class", Class(r.Risk), Tones.OfClass(r.Risk.EuAiAct))],
        Summary = Summary(r),
        Sections =
        [
            Identity(r), Versions(r), Data(r), Approvals(r), Decisions(r), ModelComplianceOpenItems.Waivers(r), ModelComplianceOpenItems.Findings(r), ModelComplianceOpenItems.Monitoring(r),
            .. r.Frameworks.Count == 0 ? [ModelComplianceOpenItems.NoFramework] : new[] { ModelComplianceOpenItems.Controls(r) },
        ],
    };

    internal static bool IsOpen(ReportedFinding finding) => finding.ClosedAt is null && !Closed.Contains(finding.State, StringComparer.OrdinalIgnoreCase);

    private static string Class(ModelRisk risk) => $"{risk.EuAiAct ?? "not classified"}{(risk.Tier is { } tier ? $", tier {tier}" : "")}{(risk.Confirmed ? "" : " (not confirmed)")}";

    private static Section Summary(ModelComplianceReport r)
    {
        var open = r.Findings.Where(IsOpen).ToList();
        var overdue = open.Count(f => f.DueAt < r.Frame.AsOf);
        var controls = r.Frameworks.SelectMany(static f => f.Controls).ToList();
        var effective = controls.Count(static c => c.Tone == Tone.Good);
        var standing = r.Approvals.Count(static a => a is { State: "in force", Outcome: "approved" });
        var live = r.Versions.Where(static v => v.LiveIn.Count > 0).ToList();
        var last = r.Decisions.OrderByDescending(static d => d.At).FirstOrDefault();
        var severe = open.Count(static f => Tones.OfSeverity(f.Severity) == Tone.Bad);
        var outside = r.Monitoring.Count(static m => m.Tone == Tone.Bad);
        var (word, tone) = (r.Risk.EuAiAct, r.Risk.Confirmed, severe + overdue + outside, standing) switch
        {
            ("prohibited", _, _, _) => ("Prohibited use", Tone.Bad),
            (_, _, > 0, _) => ("Action needed", Tone.Bad),
            (_, false, _, _) or (_, _, _, 0) => ("Not fully established", Tone.Attention),
            _ => ("In order", Tone.Good),
        };
        return new("summary", "Summary",
        [
            new Verdict(word, Sentence(r, live, standing, severe, overdue, outside), tone),
            new Figures(
            [
                new(Say.Count(live.Count), live.Count == 1 ? "version live" : "versions live", live.Count > 0 ? Say.List([.. live.SelectMany(static v => v.LiveIn).Distinct(StringComparer.Ordinal)]) : "in no environment"),
                new(Say.Count(standing), "approvals in force", $"of {Say.Many(r.Approvals.Count, "recorded approval")}", standing > 0 ? Tone.Good : Tone.Attention),
                new(Say.Count(open.Count), "open findings", $"{Say.Count(severe)} high or critical, {Say.Count(overdue)} overdue", severe + overdue > 0 ? Tone.Bad : open.Count > 0 ? Tone.Attention : Tone.Good),
                new(controls.Count == 0 ? Say.Nothing : $"{Say.Count(effective)} of {Say.Count(controls.Count)}", "controls effective", Say.Many(r.Frameworks.Count, "framework"), controls.Count == 0 ? Tone.Unknown : effective == controls.Count ? Tone.Good : Tone.Attention),
                new(last?.Outcome ?? Say.Nothing, "last gate decision", last is null ? "never checked" : $"{last.Environment}, {Say.Day(last.At)}", Tones.OfOutcome(last?.Outcome)),
            ]),
            new Heading("Risk class"),
            new Facts(
            [
                new("EU AI Act", r.Risk.EuAiAct ?? "not classified", Tones.OfClass(r.Risk.EuAiAct)), new("Role", Say.Text(r.Risk.Role)), new("Tier", r.Risk.Tier is { } tier ? $"{tier} (1 is the highest)" : "not set"),
                new("Confirmed", r.Risk.Confirmed ? $"by {Say.Text(r.Risk.ConfirmedBy)} on {Say.Day(r.Risk.At)}" : "no: judged as high risk, tier 1, until it is", r.Risk.Confirmed ? Tone.Good : Tone.Attention),
                new("Proposed by", Say.Text(r.Risk.ProposedBy)),
            ]),
            new Points([.. r.Risk.Reasons], "No reason was recorded."),
        ]);
    }

    private static string Sentence(ModelComplianceReport r, List<ReportedVersion> live, int standing, int severe, int overdue, int outside)
    {
        List<string> parts = [live.Count == 0 ? $"{r.Model} is live in no environment" : $"{r.Model} is live in {Say.List([.. live.SelectMany(static v => v.LiveIn).Distinct(StringComparer.Ordinal)])} with {(live.Count == 1 ? $"version {live[0].Number}" : Say.Many(live.Count, "version"))}"];
        parts.Add(standing == 0 ? "no approval is in force" : $"{Say.Many(standing, "approval")} {(standing == 1 ? "is" : "are")} in force");
        if (severe > 0) parts.Add($"{Say.Many(severe, "finding")} of high or critical severity {(severe == 1 ? "is" : "are")} open");
        if (overdue > 0) parts.Add($"{Say.Many(overdue, "finding")} {(overdue == 1 ? "is" : "are")} overdue");
        if (outside > 0) parts.Add($"{Say.Many(outside, "monitored measure")} {(outside == 1 ? "is" : "are")} outside the limit");
        return string.Join("; ", parts) + ".";
    }

    private static Section Identity(ModelComplianceReport r) => new("identity", "Identity",
    [
        new Facts(
        [
            new("Name", r.Model), new("Shown as", Say.Text(r.DisplayName)), new("Team", r.Team), new("Owner", Say.Text(r.Owner)), new("State", r.State, Tones.OfState(r.State)),
            new("Registered", Say.Exact(r.RegisteredAt)),
        ]),
        new Heading("Purpose"),
        new Prose(r.Purpose ?? "No purpose was recorded."),
    ]);

    private static Section Versions(ModelComplianceReport r) => new("versions", "Versions",
    [
        new Grid("Registered versions",
            [new("Version", Points: 42), new("Registered", Points: 58), new("Review", 1.1f), new("Live in", 1.1f), new("Framework", 1), new("Commit", 1), new("Artifact", 2.1f), new("Authors", 1.3f)],
            [.. r.Versions.Select(static v => (IReadOnlyList<Cell>)[Say.Count(v.Number), Say.Day(v.RegisteredAt), new(v.ReviewState, Tones.OfState(v.ReviewState)), Say.List([.. v.LiveIn]), Say.Text(v.Framework), new(Short(v.Commit), Code: true), new(Say.Digest(v.ArtifactDigest), Code: true), Say.List(v.Authors is null ? null : [.. v.Authors])])],
            "No version is registered."),
        new Grid("Metrics at training", [new("Version", Points: 42), new("Metric", 3), new("Value", 1, Align.Right)],
            [.. r.Versions.SelectMany(static v => (v.Metrics ?? []).Select(m => (IReadOnlyList<Cell>)[Say.Count(v.Number), m.Name, Say.Number(m.Value, "#,0.####")]))],
            "No metric was reported."),
    ]);

    private static string Short(string? commit) => commit is { Length: > 10 } ? commit[..10] : Say.Text(commit);

    private static Section Data(ModelComplianceReport r) => new("data", "Data and lineage",
    [
        new Grid("Training data",
            [new("Dataset", 2), new("Version", 1), new("Sensitivity", Points: 68), new("Personal data", Points: 66), new("Purposes and legal basis", 2), new("Model versions", Points: 60), new("State", Points: 62)],
            [.. r.Datasets.Select(static d => (IReadOnlyList<Cell>)
            [
                d.Name, d.Version, new(d.Sensitivity ?? "not classified", d.Sensitivity is null ? Tone.Unknown : null), d.PersonalData switch { true => "yes", false => "no", null => "not said" },
                d.LegalBasis is null ? Say.List([.. d.Purposes]) : $"{Say.List([.. d.Purposes])} ({d.LegalBasis})", Say.List([.. (d.TrainedVersions ?? []).Select(static v => Say.Count(v))]),
                d.Withdrawn ? new("withdrawn", Tone.Bad) : new("usable", Tone.Good),
            ])],
            "No training data is recorded."),
        new Drawn(new LineageGraph(r.LineageNodes, r.LineageEdges) { Title = "Lineage", Finding = Lineage(r) }, "No lineage was reported."),
    ]);

    private static string Lineage(ModelComplianceReport r)
    {
        var (data, uses) = (r.LineageNodes.Count(static n => n.Kind == LineageKind.Dataset), r.LineageNodes.Count(static n => n.Kind == LineageKind.Deployment));
        return $"{Say.Many(data, "dataset")} {(data == 1 ? "leads" : "lead")} to {r.Model}; it reaches {Say.Many(uses, "deployment")}.";
    }

    private static Section Approvals(ModelComplianceReport r) => new("approvals", "Approvals",
    [
        new Grid("Approvals, by whom and when",
            [new("Version", Points: 42), new("Given", Points: 58), new("By", 1.2f), new("Role", 1.2f), new("Outcome", Points: 58), new("State", Points: 66), new("Valid until", Points: 58), new("Reason", 2.4f)],
            [.. r.Approvals.Select(static a => (IReadOnlyList<Cell>)[Say.Count(a.Version), Say.Day(a.At), a.By, a.Role, new(a.Outcome, Tones.OfState(a.Outcome)), new(a.State, Tones.OfState(a.State)), Say.Day(a.ValidUntil), Say.Text(a.Reason)])],
            "Nobody has approved or rejected a version."),
    ])
    { Lead = "An approval holds for one version and its artifact, until it expires, is revoked, or something material changes." };

    private static Section Decisions(ModelComplianceReport r) => new("decisions", "Gate decisions and deployments",
    [
        new Grid("Gate decisions",
            [new("Decided", Points: 82), new("Version", Points: 42), new("Environment", 1.1f), new("Action", Points: 48), new("Outcome", Points: 50), new("What did not pass", 2.2f), new("Decision", Points: 138)],
            [.. r.Decisions.Select(static d => (IReadOnlyList<Cell>)[Say.Time(d.At), Say.Count(d.Version), d.Environment, d.Action, new(d.Outcome, Tones.OfOutcome(d.Outcome)), d.Failed.Count > 0 ? Say.List([.. d.Failed]) : Say.Text(d.Code), new(d.Id, Code: true)])]),
        new Grid("Deployments",
            [new("Version", Points: 42), new("Environment", 1.2f), new("From", Points: 82), new("Until", Points: 82), new("By", 1.2f), new("On decision", 1.7f)],
            [.. r.Deployments.Select(static d => (IReadOnlyList<Cell>)[Say.Count(d.Version), d.Environment, Say.Time(d.At), d.Until is null ? new Cell("still live", Tone.Good) : Say.Time(d.Until), d.By, new(d.DecisionId, Code: true)])]),
    ]);
}
