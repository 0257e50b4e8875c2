using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Advice;

/// <summary>The report on maturity and on buying or building, section by section.</summary>
internal static class MaturityContent
{
    public static ReportContent Of(MaturityReport r) => new()
    {
        Frame = r.Frame,
        StandsAlone = true,
        Kind = "Maturity, and what to buy or build",
        Title = $"Team {r.Team}",
        Subtitle = r.Window is null ? null : $"Evidence from {Say.Period(r.Window)}",
        Cover = [new("Team", r.Team), new("Level of the weakest core dimension", r.Floor is { } floor ? Say.Count(floor) : "too little answered"), new("Borne out by recorded events", Say.Share(r.EvidenceShare)), new("Contradictions", Say.Count(r.Contradictions.Count), r.Contradictions.Count > 0 ? Tone.Bad : Tone.Good)],
        Summary = Summary(r),
        Sections = [Profile(r), Views(r), BuyOrBuild(r), Uncertainty(r), Method(r)],
    };

    private static Section Summary(MaturityReport r)
    {
        var recommended = r.Portfolios.FirstOrDefault(static p => p.Recommended);
        return new("summary", "Verdict",
        [
            new Verdict(r.Floor is { } level ? $"Level {level}" : "No level yet", r.Verdict, r.Contradictions.Any(static c => c.Critical) ? Tone.Bad : r.Contradictions.Count > 0 ? Tone.Attention : Tone.Neutral),
            new Figures(
            [
                new(r.Floor is { } floor ? Say.Count(floor) : Say.Nothing, "weakest core dimension", "of 0 to 4"), new(Say.Number(r.Mean, "0.0"), "mean level", "of 0 to 4"),
                new(Say.Share(r.EvidenceShare), "borne out by events", $"{Say.Share(r.Answered)} answered", r.EvidenceShare is >= 0.5 ? Tone.Good : Tone.Attention),
                new(Say.Count(r.Contradictions.Count), "contradictions", null, r.Contradictions.Count > 0 ? Tone.Bad : Tone.Good),
                new(recommended is null ? Say.Nothing : Say.Amount(recommended.P50, r.Currency), "cost of the advice", recommended is null ? "nothing is feasible" : $"P50 of {recommended.Name}"),
            ]),
            new Grid("Contradictions: claims that recorded events do not bear out", [new("Question", 2.6f), new("Claimed", 1), new("Shown by events", 1.2f), new("Critical", Points: 50), new("Detail", 2)],
                [.. r.Contradictions.Select(static c => (IReadOnlyList<Cell>)[c.Question, c.Claimed, c.Evidenced, c.Critical ? new("critical", Tone.Bad) : new("no"), c.Detail ?? ""])], "No claim is contradicted by recorded events."),
            new Grid("Next actions", [new("No.", Points: 26, Align: Align.Right), new("Action", 2.6f), new("Owner", 1), new("By", Points: 60), new("Effect", 1.8f)],
                [.. r.NextActions.Select(static (a, i) => (IReadOnlyList<Cell>)[Say.Count(i + 1), a.Title, Say.Text(a.Owner), Say.Day(a.DueAt), Say.Text(a.Effect)])], "No action follows."),
        ]);
    }

    private static Section Profile(MaturityReport r)
    {
        var widest = r.Dimensions.Where(static d => d is { Claimed: not null, Evidenced: not null } && double.IsFinite(d.Claimed.Value - d.Evidenced.Value)).MaxBy(static d => d.Claimed - d.Evidenced);
        return new("profile", "Profile",
        [
            new Drawn(new RadarChart([.. r.Dimensions.Select(static d => new RadarAxis(d.Name, d.Claimed, d.Evidenced, d.Target))])
            {
                Title = "Claims against evidence",
                Finding = widest is null ? "No dimension has both a claim and evidence." : widest.Claimed > widest.Evidenced
                    ? $"The widest gap is in {widest.Name}: {Say.Number(widest.Claimed, "0.#")} claimed, {Say.Number(widest.Evidenced, "0.#")} shown by events."
                    : "In no dimension is more claimed than events show.",
            }, "No dimension was assessed.", NumbersFollow: true),
            new Grid("Dimensions", [new("Dimension", 2.4f), new("Core", Points: 34), new("Claimed", 0.8f, Align.Right), new("Evidenced", 0.8f, Align.Right), new("Level", 0.7f, Align.Right), new("Target", 0.7f, Align.Right), new("Borne out", 0.8f, Align.Right), new("Note", 1.8f)],
                [.. r.Dimensions.Select(static d => (IReadOnlyList<Cell>)[d.Name, d.Core ? "yes" : "no", Say.Number(d.Claimed, "0.#"), Say.Number(d.Evidenced, "0.#"), new(Say.Number(d.Final, "0.#"), d.Final < d.Target ? Tone.Attention : null), Say.Number(d.Target, "0.#"), Say.Share(d.EvidenceShare), d.Note ?? ""])],
                "No dimension was assessed."),
            new Grid("Roles", [new("Role", 2), new("Needed", 0.8f, Align.Right), new("Present", 0.8f, Align.Right), new("Gap", 0.8f, Align.Right), new("Note", 2.4f)],
                [.. r.Roles.Select(static g => (IReadOnlyList<Cell>)[g.Role, Say.Number(g.Needed, "0.#"), Say.Number(g.Present, "0.#"), new(Say.Number(Math.Max(0, g.Needed - g.Present), "0.#"), g.Present < g.Needed ? Tone.Attention : null), g.Note ?? ""])], "No gap in roles."),
        ]);
    }

    private static Section Views(MaturityReport r) => new("views", "Other yardsticks",
    [
        new Grid("The same evidence by published models", [new("Model", 1.4f), new("Result", 1), new("What blocks the next level", 3), new("Note", 1.6f)],
            [.. r.Views.Select(static v => (IReadOnlyList<Cell>)[v.Name, v.Result, Say.List([.. v.Blocking]), v.Note ?? ""])], "No other model was evaluated."),
    ])
    { Lead = "Each is evaluated from its own statements; none is derived from another's number." };

    private static Section BuyOrBuild(MaturityReport r)
    {
        var best = r.Portfolios.FirstOrDefault(static p => p.Recommended);
        return new("buy-or-build", "Buy or build",
        [
            new Grid("By capability", [new("Capability", 1.6f), new("Advice", 0.9f), new("How likely each way is cheapest", 2.4f), new("Why", 2.6f)],
                [.. r.Capabilities.Select(static c => (IReadOnlyList<Cell>)[c.Name, new(c.Recommended, Tone.Neutral), Say.List([.. c.Cheapest.OrderByDescending(static s => s.Share).Select(static s => $"{s.Way} {Say.Share(s.Share)}")]), c.Why ?? ""])], "No capability was asked about."),
            new Drawn(new IntervalBars([.. r.Portfolios.Where(static p => p.P50 is not null).Select(static p => new IntervalBar(p.Name, p.P50!.Value, p.P10, p.P90, p.Recommended))], r.Currency, "P50", "P10", "P90")
            {
                Title = "Cost of each portfolio, with its range",
                Finding = best is null ? "No portfolio is feasible." : $"{best.Name} is advised: {Say.Amount(best.P50, r.Currency)} in the middle, {Say.Amount(best.P10, r.Currency)} to {Say.Amount(best.P90, r.Currency)} in eight runs of ten; it is the cheapest in {Say.Share(best.CheapestProbability)} of the runs.",
            }, "No portfolio was costed.", NumbersFollow: true),
            new Grid("Portfolios", [new("Portfolio", 2), new("Feasible", Points: 46), new("Mean", 1, Align.Right), new("P10", 1, Align.Right), new("P50", 1, Align.Right), new("P90", 1, Align.Right), new("Cheapest", 0.9f, Align.Right), new("Regret", 1, Align.Right), new("Note", 1.6f)],
                [.. r.Portfolios.Select(p => (IReadOnlyList<Cell>)
                [
                    p.Recommended ? new Cell($"{p.Name} (advised)", Tone.Good) : p.Name, p.Feasible ? new("yes", Tone.Good) : new Cell("no", Tone.Bad), Say.Number(p.Mean, "#,0"), Say.Number(p.P10, "#,0"), Say.Number(p.P50, "#,0"), Say.Number(p.P90, "#,0"),
                    Say.Share(p.CheapestProbability), Say.Number(p.ExpectedRegret, "#,0"), p.Note ?? "",
                ])], "No portfolio was costed."),
            new Prose($"Amounts are in {r.Currency}. Regret is what choosing this portfolio would cost on average beyond the one that turns out cheapest."),
        ]);
    }

    private static Section Uncertainty(MaturityReport r) => new("uncertainty", "What would change the advice",
    [
        new Drawn(new DistributionChart([.. r.Portfolios.Where(static p => p is { P10: not null, P50: not null, P90: not null }).Take(4).Select(static p => new DistributionSeries(p.Name, [(0.1, p.P10!.Value), (0.5, p.P50!.Value), (0.9, p.P90!.Value)]))], r.Currency)
        { Title = "How likely a cost is not exceeded", Finding = "Where two lines cross, which portfolio is cheaper depends on how far one is willing to be wrong." }, "No portfolio was costed.", NumbersFollow: true),
        new Drawn(new TornadoChart(r.Drivers, r.Portfolios.FirstOrDefault(static p => p.Recommended)?.P50 ?? Middle(r.Drivers), r.Currency)
        {
            Title = "Which inputs move the cost",
            Finding = r.Drivers.Where(static d => double.IsFinite(d.Swing)).MaxBy(static d => d.Swing) is { } widest ? $"{widest.Name} moves it most: by {Say.Amount(widest.Swing, r.Currency)} over its range." : "",
        }, "No driver was computed."),
        new Grid("Values at which the advice changes", [new("Input", 2.2f), new("Now", 1, Align.Right), new("Changes at", 1, Align.Right), new("To", 1.8f)],
            [.. r.SwitchingValues.Select(static s => (IReadOnlyList<Cell>)[s.Unit is null ? s.Input : $"{s.Input} ({s.Unit})", Say.Number(s.Now), s.Switches is null ? "at no value in its range" : Say.Number(s.Switches), Say.Text(s.To)])], "No input alone changes the advice."),
        new Grid("What to find out first", [new("Input", 2.2f), new($"Worth knowing, at most ({r.Currency})", 1.2f, Align.Right), new("How", 2.6f)],
            [.. r.InformationValues.Select(static i => (IReadOnlyList<Cell>)[i.Input, Say.Number(i.Worth, "#,0"), i.Advice ?? ""])], "Knowing no input better would change the choice."),
    ]);

    private static double Middle(IReadOnlyList<TornadoBar> bars) => bars.SelectMany(static b => new[] { b.AtLow, b.AtHigh }).Where(double.IsFinite).DefaultIfEmpty(0).Average();

    private static Section Method(MaturityReport r) => new("method", "Method and sources",
    [
        new Grid("How the numbers came about", [new("What", 1.4f), new("Value", 3)], [.. r.Method.Select(static m => (IReadOnlyList<Cell>)[m.What, m.Value])], "Nothing was recorded about the method."),
        new Heading("Sources"),
        new Points(r.Sources, "No source was recorded."),
        new Heading("Limits"),
        new Points(r.Limits, "No limit was recorded."),
        new Grid("Questions that do not apply", [new("Question", 1.4f), new("Why", 3)], [.. r.NotApplicable.Select(static m => (IReadOnlyList<Cell>)[m.What, m.Value])], "Every question applies."),
    ]);
}
