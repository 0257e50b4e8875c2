using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.AuditPeriods;

/// <summary>The report about a period, section by section.</summary>
internal static class AuditPeriodContent
{
    public static ReportContent Of(AuditPeriodReport r) => new()
    {
        Frame = r.Frame,
        Kind = "Audit report",
        Title = "What happened, and how it can be checked",
        Subtitle = Say.Period(r.Period),
        Cover = [new("Period", Say.Period(r.Period)), new("Scope", r.Scope ?? "everything"), new("Events", Say.Count(r.Events.Count))],
        Summary = Summary(r),
        Sections = [Duties(r), Integrity(r), Exceptions(r), Approvals(r), Events(r)],
    };

    private static Section Summary(AuditPeriodReport r)
    {
        var broken = r.Duties.Sum(static d => d.Broken);
        var (failed, unknown) = (r.Integrity.Count(static i => i.Tone == Tone.Bad), r.Integrity.Count(static i => i.Tone is Tone.Attention or Tone.Unknown));
        var (word, tone) = (broken, failed, r.Integrity.Count, unknown) switch
        {
            ( > 0, _, _, _) => ("Duties were not kept apart", Tone.Bad),
            (_, > 0, _, _) => ("The log does not check", Tone.Bad),
            (_, _, 0, _) or (_, _, _, > 0) => ("Not fully checked", Tone.Attention),
            _ => ("Complete and unchanged", Tone.Good),
        };
        var (granted, refused) = (r.Approvals.Count(static a => a.Outcome == "approved"), r.Duties.Sum(static d => d.Tried));
        return new("summary", "Summary",
        [
            new Verdict(word, $"{Say.Many(r.Events.Count, "event")} from {Say.Period(r.Period)}. {Say.Many(r.Duties.Count, "rule")} about who may do what {(r.Duties.Count == 1 ? "was" : "were")} checked: {Say.Many(refused, "attempt")} refused, {Say.Many(broken, "breach", "breaches")}. Of {Say.Many(r.Integrity.Count, "integrity check")}, {Say.Count(failed)} failed and {Say.Count(unknown)} {(unknown == 1 ? "is" : "are")} open.", tone),
            new Figures(
            [
                new(Say.Count(r.Events.Count), "events"), new(Say.Count(granted), "approvals given", $"of {Say.Many(r.Approvals.Count, "judgement")}"), new(Say.Count(r.Exceptions.Count), "exceptions", null, r.Exceptions.Count > 0 ? Tone.Attention : Tone.Good),
                new(Say.Count(refused), "attempts refused"), new(Say.Count(broken), "breaches of duties", null, broken > 0 ? Tone.Bad : Tone.Good),
            ]),
            new Drawn(new TimeLine([new("Events", r.EventsByDay)], "events a day") { Title = "Events by day", Finding = Busiest(r.EventsByDay) }),
        ]);
    }

    private static string Busiest(IReadOnlyList<TimePoint> days) => days.MaxBy(static d => double.IsFinite(d.Value) ? d.Value : double.MinValue) is { } most
        ? $"The busiest day was {Say.Day(most.At)} with {Say.Number(most.Value)} events; on average there were {Say.Number(days.Where(static d => double.IsFinite(d.Value)).Select(static d => d.Value).DefaultIfEmpty(0).Average(), "#,0.#")} a day."
        : "";

    private static Section Duties(AuditPeriodReport r) => new("duties", "Segregation of duties",
    [
        new Grid("Rules about who may do what",
            [new("Rule", 3), new("Acts checked", 0.9f, Align.Right), new("Refused", 0.8f, Align.Right), new("Breaches", 0.8f, Align.Right), new("Result", Points: 52), new("Note", 1.8f)],
            [.. r.Duties.Select(static d => (IReadOnlyList<Cell>)[d.Rule, Say.Count(d.Checked), Say.Count(d.Tried), Say.Count(d.Broken), d.Broken > 0 ? new("broken", Tone.Bad) : new("kept", Tone.Good), d.Note ?? ""])],
            "No rule was checked."),
    ])
    { Lead = "A refused attempt is recorded too: that it shows here is the rule at work." };

    private static Section Integrity(AuditPeriodReport r) => new("integrity", "Integrity of the log",
    [
        new Facts(r.Frame.Checkpoint is { } c
            ? [new("Log", c.Origin), new("Events in the log", Say.Count(c.TreeSize)), new("Root", c.RootHash), new("Signed", Say.Exact(c.SignedAt))]
            : [new("Checkpoint", "none yet", Tone.Unknown)]),
        new Grid("Checks", [new("What was checked", 2.6f), new("Result", 1), new("When", Points: 82), new("Detail", 2.4f)],
            [.. r.Integrity.Select(static i => (IReadOnlyList<Cell>)[i.Check, new(i.Result, i.Tone), Say.Time(i.At), i.Detail ?? ""])], "Nothing was checked."),
    ])
    { Lead = "Every event is a leaf of a Merkle log. Whoever kept an earlier checkpoint can prove that nothing before it changed, without asking us." };

    private static Section Exceptions(AuditPeriodReport r) => new("exceptions", "Exceptions",
    [
        new Grid("Waivers, emergencies and refused attempts",
            [new("Kind", 1), new("When", Points: 82), new("About", 1.6f), new("By", 1), new("Agreed by", 1), new("Until", Points: 58), new("Outcome", 0.9f), new("Reason", 2.2f)],
            [.. r.Exceptions.Select(static e => (IReadOnlyList<Cell>)[e.Kind, Say.Time(e.At), e.Subject, e.By, Say.Text(e.ApprovedBy), Say.Day(e.Until), Say.Text(e.Outcome), Say.Text(e.Reason)])]),
    ]);

    private static Section Approvals(AuditPeriodReport r) => new("approvals", "Approvals",
    [
        new Grid("Judgements",
            [new("When", Points: 82), new("Model", 1.8f), new("Version", Points: 42), new("Role", 1.3f), new("By", 1.2f), new("Outcome", Points: 58), new("Authors of the version", 1.6f)],
            [.. r.Approvals.Select(static a => (IReadOnlyList<Cell>)[Say.Time(a.At), a.Model, Say.Count(a.Version), a.Role, a.By, new(a.Outcome, Tones.OfState(a.Outcome)), Say.List(a.Authors is null ? null : [.. a.Authors])])]),
    ]);

    private static Section Events(AuditPeriodReport r) => new("events", "Events",
    [
        new Grid("Events in the order of the log",
            [new("No.", Points: 46, Align: Align.Right), new("When", Points: 100), new("Type", 1.4f), new("Stream", 1.9f), new("Actor", 1.1f), new("What", 1.9f)],
            [.. r.Events.Select(static e => (IReadOnlyList<Cell>)[Say.Count(e.Sequence), Say.Exact(e.At), e.Type, e.Stream, e.Actor, e.Summary ?? ""])]),
    ]);
}
