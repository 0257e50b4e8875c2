using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Compliance;

/// <summary>What is excused, open, watched and controlled.</summary>
internal static class ModelComplianceOpenItems
{
    public static Section NoFramework { get; } = new("controls", "Controls by framework", [new Prose("No framework is mapped to this model.")]);

    public static Section Waivers(ModelComplianceReport r) => new("waivers", "Waivers",
    [
        new Grid("Rules excused",
            [new("Rule", 1.8f), new("Version", Points: 42), new("State", Points: 62), new("Asked by", 1), new("Agreed by", 1), new("Until", Points: 58), new("Reason", 2.4f)],
            [.. r.Waivers.Select(static w => (IReadOnlyList<Cell>)[w.Rule, w.Version is { } version ? Say.Count(version) : "all", new(w.State, Tones.OfState(w.State)), w.RequestedBy, Say.Text(w.ApprovedBy), Say.Day(w.ValidUntil), Say.Text(w.Reason)])]),
    ])
    { Lead = "A waiver excuses one rule until a day, and needs a second person." };

    public static Section Findings(ModelComplianceReport r) => new("findings", "Findings",
    [
        new Grid("All findings, open and closed",
            [new("Finding", 2.8f), new("Severity", Points: 54), new("State", Points: 56), new("Owner", 1.1f), new("Opened", Points: 58), new("Due", Points: 58), new("Closed", Points: 58)],
            [.. r.Findings.Select(f => (IReadOnlyList<Cell>)
            [
                f.Title, new(f.Severity, Tones.OfSeverity(f.Severity)), ModelComplianceContent.IsOpen(f) && f.DueAt < r.Frame.AsOf ? new("overdue", Tone.Bad) : new(f.State, Tones.OfState(f.State)),
                Say.Text(f.Owner), Say.Day(f.OpenedAt), Say.Day(f.DueAt), Say.Day(f.ClosedAt),
            ])]),
    ]);

    public static Section Monitoring(ModelComplianceReport r) => new("monitoring", "Monitoring",
    [
        new Grid("Measures against their limits",
            [new("Measure", 2), new("Environment", 1.1f), new("Value", 0.8f, Align.Right), new("Limit", 1.2f), new("State", 1.2f), new("Measured", Points: 82)],
            [.. r.Monitoring.Select(static m => (IReadOnlyList<Cell>)[m.Name, Say.Text(m.Environment), Say.Number(m.Value, "#,0.####"), Say.Text(m.Limit), new(m.State, m.Tone), Say.Time(m.At)])],
            "Nothing is monitored."),
        new Drawn(new TimeLine(r.Measured, "value") { Title = "Measured over time", Finding = Movement(r.Measured) }, "No measure was recorded over time."),
    ]);

    public static Section Controls(ModelComplianceReport r) => new("controls", "Controls by framework",
    [
        new Grid("Frameworks",
            [new("Framework", 3), new("Controls", 1, Align.Right), new("Effective", 1, Align.Right), new("Not effective", 1, Align.Right), new("Open or not tested", 1.2f, Align.Right), new("Not asked of it yet", 1.2f, Align.Right)],
            [.. r.Frameworks.Select(static f => (IReadOnlyList<Cell>)
            [
                f.Framework, Say.Count(f.Controls.Count), Say.Count(f.Controls.Count(static c => c.Tone == Tone.Good)), Say.Count(f.Controls.Count(static c => c.Tone == Tone.Bad)),
                Say.Count(f.Controls.Count(static c => c.Tone is Tone.Attention or Tone.Unknown)), Say.Count(f.Controls.Count(static c => c.Tone is Tone.Neutral)),
            ])]),
        .. r.Frameworks.Select(static f => new Grid(f.Framework,
            [new("Control", 1), new("What it asks", 2.8f), new("State", Points: 74), new("Evidence", 2)],
            [.. f.Controls.Select(static c => (IReadOnlyList<Cell>)[c.Id, c.Title, new(c.State, c.Tone), new(Say.Text(c.Evidence), Url: c.EvidenceUrl)])],
            "No control of this framework is mapped.")),
    ]);

    private static string Movement(IReadOnlyList<TimeSeries> series)
    {
        var moves = series.Select(static s => (s.Name, Points: s.Points.Where(static p => double.IsFinite(p.Value)).OrderBy(static p => p.At).ToList())).Where(static s => s.Points.Count > 1).ToList();
        return moves.Count == 0 ? "Too few values to see a movement." : string.Join("; ", moves.Take(3).Select(static m => $"{m.Name} went from {Say.Number(m.Points[0].Value, "#,0.###")} to {Say.Number(m.Points[^1].Value, "#,0.###")}")) + ".";
    }
}
