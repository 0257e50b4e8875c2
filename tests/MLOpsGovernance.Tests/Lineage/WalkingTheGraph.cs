using CsCheck;
using MLOpsGovernance.Domain.Lineage;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Lineage;

public sealed class WalkingTheGraph
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int From, int To)[]> Edges = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 30];

    [Fact]
    public void Reaches_what_a_plain_search_reaches_each_once_and_as_early_as_can_be() => Gen.Select(Edges, Gen.Int[0, 6], Gen.Int[0, 2].Select(i => (LineageDirection)i))
        .Sample((edges, depth, direction) =>
        {
            var reached = Graph(edges).Traverse([Node(0).Key], new(direction, depth, 100));
            var expected = Plain(edges, depth, direction);
            return reached.Nodes.ToDictionary(n => n.Node.Name, n => n.Depth).OrderBy(n => n.Key, StringComparer.Ordinal).SequenceEqual(expected.OrderBy(n => n.Key, StringComparer.Ordinal))
                && reached.Truncated == Plain(edges, depth + 1, direction).Count > expected.Count;
        });

    [Fact]
    public void Stops_at_so_many_nodes_and_says_so() => Gen.Select(Edges, Gen.Int[1, 5]).Sample((edges, most) =>
    {
        var (all, some) = (Graph(edges).Traverse([Node(0).Key], new(LineageDirection.Both, 20, 100)), Graph(edges).Traverse([Node(0).Key], new(LineageDirection.Both, 20, most)));
        return some.Nodes.Count == Math.Min(most, all.Nodes.Count) && some.Truncated == all.Nodes.Count > most;
    });

    [Fact]
    public void Is_the_same_however_the_graph_was_built() => (from edges in Edges from shuffled in Gen.Shuffle(edges) select (edges, shuffled)).Sample((edges, shuffled) =>
        Said(Graph(edges)) == Said(Graph([.. shuffled, .. shuffled.Take(2)])));

    [Fact]
    public void Ends_in_circles() =>
        Graph([(0, 1), (1, 0), (1, 1), (1, 2)]).Traverse([Node(0).Key], new(LineageDirection.Downstream, 100, 100)).Nodes.Select(n => (n.Node.Name, n.Depth)).ShouldBe([("0", 0), ("1", 1), ("2", 2)]);

    [Fact]
    public void Follows_no_hierarchy_and_no_edge_that_does_not_count()
    {
        var graph = new LineageGraph();
        foreach (var i in (int[])[0, 1, 2, 3]) graph.Add(Node(i));
        graph.Add(Edge(0, 1) with { Kind = LineageEdgeKind.PartOf });
        graph.Add(Edge(0, 2) with { FirstSeen = Noon.AddDays(1) });
        graph.Add(Edge(0, 3));
        graph.Traverse([Node(0).Key], new(LineageDirection.Downstream, 9, 9, e => e.FirstSeen <= Noon)).Nodes.Select(n => n.Node.Name).ShouldBe(["0", "3"]);
        graph.Traverse([Node(7).Key], new(LineageDirection.Downstream, 9, 9)).Nodes.ShouldBeEmpty();
    }

    [Fact]
    public void Tells_the_shortest_way_to_each_model_that_is_reached()
    {
        var (raw, job, loans, first, second, model) = (
            LineageNode.OfDataset(new("postgres://db:5432", "raw")), LineageNode.OfJob(new("airflow", "clean")), LineageNode.Registered("loans"), LineageNode.OfDatasetVersion("loans", "1"),
            LineageNode.OfDatasetVersion("loans", "2"), LineageNode.OfModelVersion("credit", 3));
        var graph = new LineageGraph();
        foreach (var node in (LineageNode[])[raw, job, loans, first, second, model, LineageNode.OfDeployment("d")]) graph.Add(node);
        foreach (var (from, to) in ((LineageNode, LineageNode)[])[(raw, job), (job, loans), (loans, first), (first, second), (second, model), (first, model), (model, LineageNode.OfDeployment("d"))])
            graph.Add(new LineageEdge(from.Key, to.Key, LineageEdgeKind.Read, Noon, null, true));

        var impact = LineageImpact.Of(graph.Traverse([raw.Key], new(LineageDirection.Downstream, 20, 100)));

        impact.ModelVersions.ShouldHaveSingleItem().Way.Select(n => n.Id).ShouldBe(["dataset:postgres://db:5432:raw", "job:airflow:clean", "dataset:loans", "dataset:loans@1", "model:credit@3"]);
        (impact.Deployments.ShouldHaveSingleItem().Node.Id, impact.Datasets, impact.Jobs, impact.Truncated).ShouldBe(("deployment:d", 3, 1, false));
    }

    [Theory]
    [InlineData("dataset:loans", "dataset:loans")]
    [InlineData("dataset:loans@2026-01", "dataset:loans@2026-01")]
    [InlineData("dataset:postgres://db:5432:a.b", "dataset:postgres://db:5432:a.b")]
    [InlineData("job:air%3Aflow:load%20all", "job:air%3Aflow:load%20all", "job:air:flow:load all", "job:air%3Aflow:load%20all")]
    [InlineData("run:3F5E83FA-3480-44FF-99C5-FF943904E5E8", "run:3f5e83fa-3480-44ff-99c5-ff943904e5e8")]
    [InlineData("model:credit@3", "model:credit@3")]
    [InlineData("dataset:models://prod:credit/3", "model:credit@3")]
    [InlineData("dataset:models:/credit/3", "dataset:models:/credit/3")]
    [InlineData("model:credit@0")]
    [InlineData("run:3f5e83fa348044ff99c5ff943904e5e8", "run:3f5e83fa-3480-44ff-99c5-ff943904e5e8")]
    [InlineData("run:nightly-7", "run:nightly-7")]
    [InlineData("dataset:")]
    [InlineData("nothing")]
    public void Understands_the_ids_of_nodes(string id, params string[] meant)
    {
        var candidates = LineageNode.Candidates(id).Select(n => n.Id).ToList();
        if (meant.Length == 0) candidates.ShouldBeEmpty();
        else candidates.ShouldContain(meant[0]);
    }

    private static LineageGraph Graph((int From, int To)[] edges)
    {
        var graph = new LineageGraph();
        foreach (var i in Enumerable.Range(0, 10)) graph.Add(Node(i));
        foreach (var (from, to) in edges) graph.Add(Edge(from, to));
        return graph;
    }

    private static Dictionary<string, int> Plain((int From, int To)[] edges, int depth, LineageDirection direction)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal) { ["0"] = 0 };
        for (var d = 1; d <= depth; d++)
        {
            var frontier = depths.Where(n => n.Value == d - 1).Select(n => n.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var (from, to) in edges)
            {
                if (direction != LineageDirection.Upstream && frontier.Contains($"{from}")) depths.TryAdd($"{to}", d);
                if (direction != LineageDirection.Downstream && frontier.Contains($"{to}")) depths.TryAdd($"{from}", d);
            }
        }

        return depths;
    }

    private static string Said(LineageGraph graph)
    {
        var scope = new LineageScope(LineageDirection.Downstream, 20, 100);
        var reached = graph.Traverse([Node(0).Key], scope);
        var edges = graph.EdgesAmong(reached, scope);
        return string.Join(' ', reached.Nodes.Select(n => $"{n.Node.Name}@{n.Depth}").Order(StringComparer.Ordinal).Concat(edges.Select(e => $"{e.From}-{e.To}").Order(StringComparer.Ordinal)));
    }

    private static LineageNode Node(int i) => LineageNode.OfDataset(new("s", $"{i}"));

    private static LineageEdge Edge(int from, int to) => new(Node(from).Key, Node(to).Key, LineageEdgeKind.Read, Noon, null, true);
}
