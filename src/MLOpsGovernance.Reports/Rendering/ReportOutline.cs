using MLOpsGovernance.Reports.Charts;
using MLOpsGovernance.Reports.Contents;

namespace MLOpsGovernance.Reports.Rendering;

/// <summary>A report with everything in its place: the numbers of large charts at the end.</summary>
internal sealed record ReportOutline(ReportContent Content, IReadOnlyList<Section> Sections)
{
    public const string Numbers = "numbers";

    /// <summary>Longer tables of a chart's numbers go to the end.</summary>
    private const int MostBeside = 10;

    public static ReportOutline Of(ReportContent content)
    {
        var large = content.Sections.Prepend(content.Summary).SelectMany(static s => s.Blocks).OfType<Drawn>().Where(static d => !Beside(d) && !d.NumbersFollow && !d.Chart.IsEmpty).ToList();
        return new(content, large.Count == 0 ? content.Sections : [.. content.Sections, new(Numbers, "Numbers behind the charts", [.. large.Select(static d => NumbersOf(d.Chart, $"{d.Chart.Title}: numbers"))])]);
    }

    /// <summary>Whether the numbers stand right below the chart.</summary>
    public static bool Beside(Drawn drawn) => !drawn.NumbersFollow && drawn.Chart.NumberRows.Take(MostBeside + 1).Count() <= MostBeside;

    public static Grid NumbersOf(Chart chart, string title) => new(title,
        [.. chart.NumberHeads.Select((h, i) => new Column(h, i == 0 ? 2 : 1, i == 0 || chart.NumberRows.Any(r => i < r.Count && r[i] is string) ? Align.Left : Align.Right))],
        [.. chart.NumberRows.Select(row => (IReadOnlyList<Cell>)[.. row.Select(static v => new Cell(Say.Cell(v)))])]);
}
