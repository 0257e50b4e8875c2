using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Deploy;

public sealed partial class DrawingTheGate
{
    private const string Counter = "counter", Histogram = "histogram";

    /// <summary>The instruments that the queries may use, with the attributes that they carry.</summary>
    private static readonly (string Name, string Kind, string Unit, string[] Attributes)[] Instruments =
    [
        ("mlgov.policy_checks", Counter, "", ["outcome", "environment", "dry_run"]),
        ("mlgov.policy_decisions", Counter, "", ["policy", "outcome", "environment"]),
        ("mlgov.policy_rules", Counter, "", ["policy", "rule", "result"]),
        ("mlgov.policy_check.duration", Histogram, "seconds", []),
        ("mlgov.event_writer.batch", Histogram, "", []),
        ("mlgov.refusals", Counter, "", ["code"]),
        ("http.server.request.duration", Histogram, "seconds", ["http.route", "http.response.status_code"]),
    ];

    private static readonly JsonElement Dashboard = JsonDocument.Parse(Repository.Text("deploy/dashboards/gate.json")).RootElement;
    private static readonly JsonElement[] Panels = [.. Dashboard.GetProperty("panels").EnumerateArray()];
    private static readonly string[] Queries =
        [.. Panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!)];

    [Fact]
    public void Asks_only_for_metrics_that_exist_under_the_names_that_the_collector_gives_them()
    {
        var known = Instruments.SelectMany(Rendered).ToHashSet(StringComparer.Ordinal);

        foreach (var query in Queries) MetricNames(query).ShouldBeSubsetOf(known, query);
        Instruments.ShouldAllBe(instrument => Rendered(instrument).Any(name => Queries.Any(query => query.Contains(name))));
    }

    [Fact]
    public void Groups_and_filters_only_by_attributes_that_the_metric_carries()
    {
        foreach (var query in Queries)
        {
            var allowed = Instruments.Where(i => Rendered(i).Any(query.Contains)).SelectMany(i => i.Attributes).Select(Escaped).Concat(["le", "instance"]);
            Grouping().Matches(query).SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
                .Concat(Filter().Matches(query).Select(match => match.Groups["label"].Value))
                .ShouldBeSubsetOf(allowed, query);
        }
    }

    [Fact]
    public void Shows_every_panel_whole()
    {
        var cells = Panels.SelectMany(static panel => Cells(panel.GetProperty("gridPos"))).ToList();

        cells.Distinct().Count().ShouldBe(cells.Count, "two panels overlap");
        cells.ShouldAllBe(cell => cell.X < 24);
        Panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count().ShouldBe(Panels.Length);
        Panels.ShouldAllBe(panel => panel.GetProperty("title").GetString()!.Length > 0);
    }

    [Fact]
    public void Works_with_whatever_data_source_the_reader_has()
    {
        var variables = Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(v => v.GetProperty("name").GetString());

        variables.ShouldContain("datasource");
        Panels.ShouldAllBe(panel => panel.GetProperty("datasource").GetProperty("uid").GetString() == "${datasource}");
    }

    /// <summary>The exporter's rule: dots become underscores, then the unit, then _total for counters; a histogram is three series.</summary>
    private static IEnumerable<string> Rendered((string Name, string Kind, string Unit, string[] Attributes) instrument)
    {
        var name = Escaped(instrument.Name) + (instrument.Unit.Length > 0 ? "_" + instrument.Unit : "");
        return instrument.Kind == Counter ? [name + "_total"] : [name + "_bucket", name + "_sum", name + "_count"];
    }

    private static string Escaped(string name) => name.Replace('.', '_');

    private static IEnumerable<string> MetricNames(string query) => Metric().Matches(query).Select(match => match.Value);

    private static IEnumerable<(int X, int Y)> Cells(JsonElement at)
    {
        int Value(string name) => at.GetProperty(name).GetInt32();
        return from x in Enumerable.Range(Value("x"), Value("w")) from y in Enumerable.Range(Value("y"), Value("h")) select (x, y);
    }

    [GeneratedRegex(@"\b(mlgov|http)_[a-z_]+_(total|bucket|sum|count)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\bby \((?<labels>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex("[{,](?<label>[a-z_]+)=~?\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filter();
}
