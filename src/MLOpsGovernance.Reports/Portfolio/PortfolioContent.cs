using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Portfolio;

/// <summary>The report for executives, section by section; the first page holds what they are asked for.</summary>
internal static class PortfolioContent
{
    private static readonly string[] Classes = ["prohibited", "high", "limited", "minimal"];

    public static ReportContent Of(PortfolioReport r) => new()
    {
        Frame = r.Frame,
        StandsAlone = true,
        Kind = "Portfolio report for executives",
        Title = "Models in use and their risks",
        Subtitle = Say.Period(r.Period),
        Cover = [new("Period", Say.Period(r.Period)), new("Models", Say.Count(r.Models.Count)), new("Last report", r.PreviousAsOf is null ? "this is the first" : Say.Day(r.PreviousAsOf)), new("Decisions asked", Say.Count(r.Decisions.Count), r.Decisions.Count > 0 ? Tone.Attention : Tone.Good)],
        Summary = Summary(r),
        Sections = [Risk(r), Gate(r), Dates(r), Exposed(r), All(r)],
    };

    private static Section Summary(PortfolioReport r)
    {
        var (outside, near) = (r.Indicators.Count(static i => i.Tone == Tone.Bad), r.Indicators.Count(static i => i.Tone is Tone.Attention or Tone.Unknown));
        var (word, tone) = outside > 0 ? ("Outside appetite", Tone.Bad) : near > 0 ? ("Near the limits", Tone.Attention) : r.Indicators.Count == 0 ? ("Not known", Tone.Unknown) : ("Within appetite", Tone.Good);
        var high = r.Models.Count(static m => m.EuAiAct is "high" or "prohibited");
        return new("summary", "What is asked of you",
        [
            new Verdict(word, $"{Say.Many(r.Models.Count, "model")}, {Say.Count(high)} of high risk. {Against(r.Indicators.Count, outside, near)} {(r.Decisions.Count == 0 ? "Nothing needs your decision." : $"{Say.Many(r.Decisions.Count, "decision")} {(r.Decisions.Count == 1 ? "is" : "are")} asked of you.")}", tone),
            new Asked(r.Decisions, "No decision is asked of you in this period."),
            new Indicators(r.Indicators, "No appetite is configured, so no indicator can be held against one."),
            new Grid(r.PreviousAsOf is null ? "Change" : $"Change since the report of {Say.Day(r.PreviousAsOf)}",
                [new("What", 2.4f), new("Then", 0.7f, Align.Right), new("Now", 0.7f, Align.Right), new("Difference", 0.8f, Align.Right), new("Note", 2.4f)],
                [.. r.Changes.Select(static c => (IReadOnlyList<Cell>)[c.What, Say.Number(c.Before), Say.Number(c.After), Difference(c.Before, c.After), c.Note ?? ""])],
                r.PreviousAsOf is null ? "This is the first report of its kind, so there is nothing to compare with." : "Nothing changed."),
        ]);
    }

    private static string Against(int all, int outside, int near) => all == 0
        ? "No risk appetite is configured."
        : $"Of {Say.Many(all, "risk indicator")}, {Say.Count(outside)} {(outside == 1 ? "is" : "are")} outside the appetite, {Say.Count(near)} near its limit or not known.";

    private static string Difference(double? before, double? after) =>
        before is { } b && after is { } a && double.IsFinite(a - b) ? (a > b ? "+" : "") + Say.Number(a - b) : Say.Nothing;

    private static Section Risk(PortfolioReport r)
    {
        var classes = Classes.Concat(r.Models.Select(static m => m.EuAiAct ?? "not classified")).Distinct(StringComparer.Ordinal).Where(c => r.Models.Any(m => (m.EuAiAct ?? "not classified") == c)).ToList();
        var states = r.Models.Select(static m => m.State).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var byClass = classes.Select(c => r.Models.Count(m => (m.EuAiAct ?? "not classified") == c)).ToList();
        return new("risk", "Models by risk and state",
        [
            new Drawn(new HeatMap(classes, states, [.. classes.Select(c => (IReadOnlyList<double?>)[.. states.Select(s => (double?)r.Models.Count(m => (m.EuAiAct ?? "not classified") == c && m.State == s))])], "Models")
            {
                Title = "Models by risk class and state",
                Finding = classes.Count == 0 ? "There is no model." : $"Most models are {classes[byClass.IndexOf(byClass.Max())]} risk; {Say.Many(r.Models.Count(static m => m.EuAiAct is "high" or "prohibited" && m.LiveIn.Count > 0), "model")} of high risk {(r.Models.Count(static m => m.EuAiAct is "high" or "prohibited" && m.LiveIn.Count > 0) == 1 ? "is" : "are")} live.",
            }, "There is no model."),
            .. r.RiskByControl is { } map
                ? [new Drawn(new HeatMap(map.Risks, map.Controls, map.Models, "Models whose control is not effective") { Title = "Risk against control", Finding = map.Finding })]
                : Array.Empty<Block>(),
            new Grid("By tier", [new("Tier", 1), new("Models", 1, Align.Right), new("Live", 1, Align.Right), new("With open findings", 1, Align.Right)],
                [.. r.Models.GroupBy(static m => m.Tier).OrderBy(static g => g.Key ?? int.MaxValue).Select(static g => (IReadOnlyList<Cell>)[g.Key is { } tier ? $"Tier {tier}" : "not set", Say.Count(g.Count()), Say.Count(g.Count(static m => m.LiveIn.Count > 0)), Say.Count(g.Count(static m => m.OpenFindings > 0))])]),
        ]);
    }

    private static Section Gate(PortfolioReport r)
    {
        var (all, denied) = (r.Gate.Sum(static g => g.Allow + g.Warn + g.Deny + g.Error), r.Gate.Sum(static g => g.Deny + g.Error));
        return new("gate", "What the gate decided",
        [
            new Drawn(new StackedBars([.. r.Gate.Select(static g => g.Period)], ["allow", "warn", "deny", "error"], [.. r.Gate.Select(static g => (IReadOnlyList<double>)[g.Allow, g.Warn, g.Deny, g.Error])], "Decisions", [Palette.Blue, Palette.Orange, Palette.Vermilion, Palette.Quiet])
            {
                Title = "Gate decisions over time",
                Finding = all == 0 ? "The gate was not asked." : $"{Say.Share(denied / (double)all)} of {Say.Many(all, "decision")} did not allow the deployment{Trend(r.Gate)}.",
            }, "The gate was not asked in this period."),
        ]);
    }

    private static string Trend(IReadOnlyList<GateOutcomes> gate)
    {
        static double Denied(GateOutcomes g) => g.Allow + g.Warn + g.Deny + g.Error is var n and > 0 ? (g.Deny + g.Error) / (double)n : 0;
        return gate.Count < 2 ? "" : $"; the share went from {Say.Share(Denied(gate[0]))} ({gate[0].Period}) to {Say.Share(Denied(gate[^1]))} ({gate[^1].Period})";
    }

    private static Section Dates(PortfolioReport r) => new("dates", "Overdue and expiring",
    [
        new Grid("Overdue", [new("What", 0.9f), new("Title", 2.6f), new("Model", 1.6f), new("Owner", 1.2f), new("Was due", Points: 60), new("Late by", 0.9f, Align.Right)],
            [.. r.Overdue.Select(i => (IReadOnlyList<Cell>)[i.Kind, i.Title, Say.Text(i.Model), Say.Text(i.Owner), new(Say.Day(i.At), Tone.Bad), Say.Span(r.Frame.AsOf - i.At)])], "Nothing is overdue."),
        new Grid("Expiring", [new("What", 0.9f), new("Title", 2.6f), new("Model", 1.6f), new("Owner", 1.2f), new("Expires", Points: 60), new("In", 0.9f, Align.Right)],
            [.. r.Expiring.Select(i => (IReadOnlyList<Cell>)[i.Kind, i.Title, Say.Text(i.Model), Say.Text(i.Owner), new(Say.Day(i.At), Tone.Attention), Say.Span(i.At - r.Frame.AsOf)])], "Nothing expires soon."),
    ]);

    private static Section Exposed(PortfolioReport r)
    {
        var rows = r.Exposures.Select(static e => e.Class).Distinct(StringComparer.Ordinal).ToList();
        var columns = r.Exposures.Select(static e => e.Environment).Distinct(StringComparer.Ordinal).ToList();
        return new("exposure", "Exposure",
        [
            new Drawn(new HeatMap(rows, columns, [.. rows.Select(c => (IReadOnlyList<double?>)[.. columns.Select(e => r.Exposures.Where(x => x.Class == c && x.Environment == e).Select(static x => (double?)x.Models).DefaultIfEmpty(null).Sum())])], "Models live")
            {
                Title = "Models live, by risk class and environment",
                Finding = r.Exposures.MaxBy(static e => e.Models) is { } most ? $"The largest group is {Say.Many(most.Models, "model")} of class {most.Class} in {most.Environment}." : "",
            }, "No model is live.", NumbersFollow: true),
            new Grid("Models live and what is at stake", [new("Risk class", 1.2f), new("Environment", 1.2f), new("Models", 0.7f, Align.Right), new("At stake", 1.2f, Align.Right)],
                [.. r.Exposures.Select(static e => (IReadOnlyList<Cell>)[new(e.Class, Tones.OfClass(e.Class)), e.Environment, Say.Count(e.Models), Say.Amount(e.Money)])], "No exposure was recorded."),
        ]);
    }

    private static Section All(PortfolioReport r) => new("models", "All models",
    [
        new Grid("Models, the riskiest first",
            [new("Model", 2.3f), new("Team", 1.3f), new("Class", Points: 58), new("Tier", Points: 32), new("State", Points: 58), new("Live in", 1.3f), new("Open findings", Points: 50, Align: Align.Right), new("Last check", Points: 52), new("Next review", Points: 58)],
            [.. r.Models.OrderBy(static m => Array.IndexOf(Classes, m.EuAiAct) is var at and >= 0 ? at : 4).ThenBy(static m => m.Tier ?? 9).ThenBy(static m => m.Name, StringComparer.Ordinal).Select(m => (IReadOnlyList<Cell>)
            [
                m.Name, m.Team, new(m.EuAiAct ?? "not set", Tones.OfClass(m.EuAiAct)), m.Tier is { } tier ? Say.Count(tier) : Say.Nothing, m.State, Say.List([.. m.LiveIn]),
                new(Say.Count(m.OpenFindings), m.OpenFindings > 0 ? Tone.Attention : null), new(m.LastOutcome ?? "never", Tones.OfOutcome(m.LastOutcome)), new(Say.Day(m.NextReview), m.NextReview < r.Frame.AsOf ? Tone.Bad : null),
            ])],
            "No model is registered."),
    ]);
}
