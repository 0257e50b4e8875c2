using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Recalls;

/// <summary>The report on a recalled dataset, section by section.</summary>
internal static class RecallContent
{
    public static ReportContent Of(RecallReport r) => new()
    {
        Frame = r.Frame,
        Kind = "Data recall report",
        Title = r.Dataset,
        Subtitle = r.Versions.Count == 0 ? "All versions" : $"Version{(r.Versions.Count == 1 ? "" : "s")} {Say.List([.. r.Versions])}",
        Cover = [new("Dataset", r.Dataset), new("Declared", Say.Exact(r.DeclaredAt)), new("State", State(r), r.ClosedAt is not null ? Tone.Good : Tone.Attention), new("Deployments still live", Say.Count(Live(r)), Live(r) > 0 ? Tone.Bad : Tone.Good)],
        Summary = Summary(r),
        Sections = [Reach(r), Models(r), Actions(r), Times(r)],
    };

    private static int Live(RecallReport r) => r.Deployments.Count(static d => d.Live);

    private static string State(RecallReport r) => r.ClosedAt is not null ? "closed" : r.ContainedAt is not null ? "contained" : "open";

    private static Section Summary(RecallReport r)
    {
        var (live, open) = (Live(r), r.Actions.Where(static a => a.DoneAt is null).ToList());
        var overdue = open.Count(a => a.DueAt < r.Frame.AsOf);
        var (word, tone) = (live, open.Count, r.ClosedAt) switch { ( > 0, _, _) => ("Not contained", Tone.Bad), (_, > 0, _) => ("Contained, work remains", Tone.Attention), (_, _, null) => ("Contained", Tone.Attention), _ => ("Closed", Tone.Good) };
        return new("summary", "Summary",
        [
            new Verdict(word, $"{r.Dataset} was recalled by {r.DeclaredBy} on {Say.Day(r.DeclaredAt)}. It reached {Say.Many(r.Models.Count, "model version")} and {Say.Many(r.Deployments.Count, "deployment")}, of which {Say.Count(live)} {(live == 1 ? "is" : "are")} still live. {Say.Many(open.Count, "action")} {(open.Count == 1 ? "is" : "are")} open, {Say.Count(overdue)} overdue.", tone),
            new Figures(
            [
                new(Say.Count(r.Datasets.Count), "datasets derived from it"), new(Say.Count(r.Models.Count), "model versions"), new(Say.Count(live), "deployments still live", $"of {Say.Count(r.Deployments.Count)} reached", live > 0 ? Tone.Bad : Tone.Good),
                new(Say.Count(open.Count), "actions open", $"{Say.Count(overdue)} overdue", overdue > 0 ? Tone.Bad : open.Count > 0 ? Tone.Attention : Tone.Good),
                new(r.ContainedAt is { } contained ? Say.Span(contained - r.DeclaredAt) : Say.Nothing, "until contained", r.ContainedAt is null ? "not contained yet" : null, r.ContainedAt is null ? Tone.Bad : Tone.Neutral),
            ]),
            new Heading("Why it was recalled"),
            new Prose(Say.Text(r.Reason)),
        ]);
    }

    private static Section Reach(RecallReport r) => new("reach", "How far it reached",
    [
        new Drawn(new LineageGraph(r.LineageNodes, r.LineageEdges)
        {
            Title = "From the recalled data to what uses it",
            Finding = $"{r.Dataset} went into {Say.Many(r.Models.Select(static m => m.Model).Distinct(StringComparer.Ordinal).Count(), "model")}; the farthest is {Say.Many(r.Models.Select(static m => m.Distance).DefaultIfEmpty(0).Max(), "step")} away.",
        }, "No lineage leads from it."),
        new Grid("Datasets derived from it", [new("Dataset", 2), new("Version", 1), new("Steps away", 0.8f, Align.Right), new("By way of", 3)],
            [.. r.Datasets.Select(static d => (IReadOnlyList<Cell>)[d.Name, d.Version, Say.Count(d.Distance), Say.List(d.Path is null ? null : [.. d.Path])])], "No other dataset was made from it."),
    ]);

    private static Section Models(RecallReport r) => new("models", "Models and deployments",
    [
        new Grid("Model versions reached", [new("Model", 2), new("Version", Points: 42), new("Team", 1.3f), new("Owner", 1.2f), new("State", 1), new("Steps away", 0.8f, Align.Right)],
            [.. r.Models.Select(static m => (IReadOnlyList<Cell>)[m.Model, Say.Count(m.Version), m.Team, Say.Text(m.Owner), m.State, Say.Count(m.Distance)])], "No model was trained on it."),
        new Grid("Deployments reached", [new("Model", 2), new("Version", Points: 42), new("Environment", 1.2f), new("State", Points: 56), new("Since", Points: 82), new("Until", Points: 82), new("What was done", 1.8f)],
            [.. r.Deployments.Select(static d => (IReadOnlyList<Cell>)[d.Model, Say.Count(d.Version), d.Environment, d.Live ? new("still live", Tone.Bad) : new("ended", Tone.Good), Say.Time(d.Since), Say.Time(d.Until), Say.Text(d.What)])], "No deployment was reached."),
    ]);

    private static Section Actions(RecallReport r) => new("actions", "Actions",
    [
        new Grid("What is to be done, and what was", [new("Action", 2.6f), new("Owner", 1.1f), new("Due", Points: 60), new("Done", Points: 82), new("State", Points: 52), new("Note", 1.8f)],
            [.. r.Actions.Select(a => (IReadOnlyList<Cell>)[a.What, Say.Text(a.Owner), Say.Day(a.DueAt), Say.Time(a.DoneAt), a.DoneAt is not null ? new("done", Tone.Good) : a.DueAt < r.Frame.AsOf ? new("overdue", Tone.Bad) : new("open", Tone.Attention), a.Note ?? ""])],
            "No action was recorded."),
    ]);

    private static Section Times(RecallReport r)
    {
        List<(string, DateTimeOffset?)> stations = [("Harm began", r.BeganAt), ("Recall declared", r.DeclaredAt), ("Contained: no deployment live", r.ContainedAt), ("Closed", r.ClosedAt)];
        return new("times", "Times",
        [
            new Grid("From harm to closure", [new("Station", 2), new("When", 1.6f), new("After the recall", 1.2f, Align.Right)],
                [.. stations.Select(s => (IReadOnlyList<Cell>)[s.Item1, s.Item2 is null ? new Cell("not known or not yet", Tone.Unknown) : Say.Exact(s.Item2), s.Item2 is not { } at || at == r.DeclaredAt ? Say.Nothing : at < r.DeclaredAt ? $"{Say.Span(r.DeclaredAt - at)} before" : Say.Span(at - r.DeclaredAt)])]),
            new Grid("What happened when", [new("When", Points: 110), new("What", 3), new("By", 1.2f)], [.. r.Moments.OrderBy(static m => m.At).Select(static m => (IReadOnlyList<Cell>)[Say.Exact(m.At), m.What, Say.Text(m.By)])]),
        ]);
    }
}
