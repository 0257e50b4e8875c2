using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>Held against what a server really exports, so that no panel stays empty for ever.</summary>
public sealed partial class TheDashboard(TelemetryOverGrpc exported) : IClassFixture<TelemetryOverGrpc>
{
    private static readonly string[] Words = ["sum", "rate", "by", "histogram_quantile", "topk", "increase", "label_values", "or", "vector", "max"];

    /// <summary>Labels that the exporter and Prometheus add.</summary>
    private static readonly string[] Added = ["le", "instance"];

    private static readonly JsonNode Dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository(), "deploy", "dashboards", "gate.json")))!;

    private static readonly List<(string Query, string Legend)> Queries =
    [
        .. Dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()).Select(t => (t!["expr"]!.GetValue<string>(), t["legendFormat"]?.GetValue<string>() ?? "")),
        .. Dashboard["templating"]!["list"]!.AsArray().Where(v => v!["type"]!.GetValue<string>() == "query")
            .Select(v => (v!["query"] is JsonObject query ? query["query"]!.GetValue<string>() : v["query"]!.GetValue<string>(), "")),
    ];

    /// <summary>Every series that the collector makes of the exported metrics, with the labels it carries.</summary>
    private Dictionary<string, HashSet<string>> Series => exported.Received.Metrics.Where(m => m.Scope != "Npgsql")
        .SelectMany(m => Names(m).Select(n => (Name: n, Labels: m.Points.SelectMany(p => p.Attributes.Keys).Select(Escaped))))
        .GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.SelectMany(s => s.Labels).Concat(Added).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void Asks_only_for_what_is_exported()
    {
        Queries.Count.ShouldBeGreaterThan(15);
        foreach (var (query, _) in Queries)
        {
            Metrics(query).ShouldNotBeEmpty(query);
            Metrics(query).ShouldBeSubsetOf(Series.Keys, query);
        }
    }

    [Fact]
    public void Groups_filters_and_names_only_by_labels_that_are_exported()
    {
        foreach (var (query, legend) in Queries)
        {
            var labels = Grouping().Matches(query).SelectMany(m => m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
                .Concat(Filter().Matches(query).Select(m => m.Groups["label"].Value)).Concat(Legend().Matches(legend).Select(m => m.Groups["label"].Value))
                .Concat(Values().Matches(query).Select(m => m.Groups["label"].Value));
            foreach (var metric in Metrics(query)) labels.ShouldBeSubsetOf(Series[metric], query);
        }
    }

    [Fact]
    public void Shows_every_metric_of_the_service_itself()
    {
        var shown = Queries.SelectMany(q => Metrics(q.Query)).ToHashSet();
        exported.Received.Metrics.Where(m => m.Scope == "MLOpsGovernance").Where(m => !Names(m).Any(shown.Contains)).Select(m => m.Name).ShouldBeEmpty();
    }

    /// <summary>As deploy/otel/collector.yaml has it: dots become underscores, then the unit, then what the kind of metric adds.</summary>
    private static string[] Names(ReceivedMetric metric)
    {
        var name = Escaped(metric.Name) + metric.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return metric.Kind switch { "counter" => [$"{name}_total"], "histogram" => [$"{name}_bucket", $"{name}_sum", $"{name}_count"], _ => [name] };
    }

    private static string Escaped(string name) => name.Replace('.', '_');

    /// <summary>Every word of a query that is neither the language's nor a label's.</summary>
    private static IEnumerable<string> Metrics(string query)
    {
        var bare = Values().Replace(Grouping().Replace(Braces().Replace(query, ""), ""), "");
        return Word().Matches(bare).Select(m => m.Value).Except(Words);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MLOpsGovernance.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"\bby \((?<labels>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex("[{,](?<label>[a-z_]+)=~?\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filter();

    [GeneratedRegex(@"\{\{(?<label>[a-z_]+)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Legend();

    [GeneratedRegex(@",\s*(?<label>[a-z_]+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Values();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.None, 1000)]
    private static partial Regex Braces();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
