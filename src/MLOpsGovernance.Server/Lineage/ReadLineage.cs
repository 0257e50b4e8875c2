using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>Where something comes from and goes to.</summary>
/// <param name="Mode"><c>cumulative</c>: whatever was ever so; <c>latest</c>: what the latest finished run of each job did, or its latest design.</param>
/// <param name="AsOf">As it was known of that time.</param>
/// <param name="Stale">Whether an older graph will do, where the register has not seen the latest events yet.</param>
[AnyRole]
internal sealed record ReadLineage(string? NodeId, int Depth, string Direction, string Mode, DateTimeOffset? AsOf, int Limit, bool Stale) : IQuery<LineageView>, IOfNode
{
    public static IReadOnlyList<string> Directions { get; } = ["upstream", "downstream", "both"];

    public static IReadOnlyList<string> Modes { get; } = ["cumulative", "latest"];
}

internal interface IOfNode
{
    string? NodeId { get; }

    int Depth { get; }
}

internal static class NodeRules
{
    public static void IsOfNode<T>(this AbstractValidator<T> rules) where T : IOfNode
    {
        rules.RuleFor(q => q.NodeId).Must(id => id is { Length: <= 2 * EntityName.MostCharacters } && LineageNode.Candidates(id).Count > 0).WithErrorCode("invalid-node").WithMessage(
            "nodeId is dataset:{namespace}:{name}, dataset:{registered name}, dataset:{registered name}@{version}, job:{namespace}:{name}, run:{id}, model:{name}@{version} or deployment:{id}.");
        rules.RuleFor(q => q.Depth).InclusiveBetween(1, LineageScope.DeepestDepth).WithMessage($"depth is a whole number from 1 to {LineageScope.DeepestDepth}.");
    }
}

internal sealed class ReadLineageRules : AbstractValidator<ReadLineage>
{
    public const int MostNodes = 10_000;

    public ReadLineageRules()
    {
        this.IsOfNode();
        RuleFor(q => q.Direction).IsOneOf(ReadLineage.Directions);
        RuleFor(q => q.Mode).IsOneOf(ReadLineage.Modes);
        RuleFor(q => q.Limit).InclusiveBetween(1, MostNodes).WithMessage($"limit is a whole number from 1 to {MostNodes}.");
    }
}

/// <param name="NodeId">What was asked about, as the graph names it.</param>
/// <param name="Truncated">Whether there is more, beyond the depth or the limit.</param>
/// <param name="DepthReached">How far the farthest node is away.</param>
/// <param name="Graph">Sorted by id.</param>
internal sealed record LineageView(string NodeId, string Direction, string Mode, DateTimeOffset? AsOf, bool Truncated, int DepthReached, IReadOnlyList<LineageNodeView> Graph);

/// <param name="Type"><c>DATASET</c>, <c>JOB</c>, <c>RUN</c>, <c>DATASET_VERSION</c>, <c>MODEL_VERSION</c> or <c>DEPLOYMENT</c>.</param>
/// <param name="Depth">How many edges it is away.</param>
internal sealed record LineageNodeView(string Id, string Type, LineageNodeData Data, int Depth, IReadOnlyList<LineageEdgeView> InEdges, IReadOnlyList<LineageEdgeView> OutEdges);

/// <param name="Namespace">Left out where it has none; of a version the dataset or model that it is of.</param>
internal sealed record LineageNodeData(string? Namespace, string Name);

/// <param name="Kind">What the edge says: <c>read</c>, <c>written</c>, <c>sameAs</c>, <c>hasVersion</c>, <c>madeFrom</c>, <c>trained</c>, <c>made</c> or <c>deployed</c>.</param>
/// <param name="Since">When it was first so; left out where two names are simply the same.</param>
/// <param name="Until">When a deployment ended.</param>
internal sealed record LineageEdgeView(string Origin, string Destination, string Kind, DateTimeOffset? Since, DateTimeOffset? Until);

internal sealed class LineageQuery(LineageAtlas atlas, Registers registers, LineageRuns runs) : IRequestHandler<ReadLineage, Result<LineageView>>
{
    public async Task<Result<LineageView>> Handle(ReadLineage request, CancellationToken cancellationToken)
    {
        if (!request.Stale) await registers.CatchUpAsync(cancellationToken);
        var direction = Enum.Parse<LineageDirection>(request.Direction, ignoreCase: true);
        var counts = LineageScope.AsOf(request.AsOf);
        if (request.Mode == "latest")
            counts = request.AsOf is { } at ? await LatestAsync(request, direction, counts, at, cancellationToken) : edge => edge.Current && LineageScope.Holds(edge);

        var found = await atlas.AskAsync<(LineageNode Node, LineageTraversal Reached, IReadOnlyList<LineageEdge> Edges)?>(graph =>
        {
            if (graph.Resolve(request.NodeId!) is not { } node) return null;
            var scope = new LineageScope(direction, request.Depth, request.Limit, counts);
            var reached = graph.Traverse([node.Key], scope);
            return (node, reached, graph.EdgesAmong(reached, scope));
        }, cancellationToken);
        return found is { } f ? View(request, f.Node, f.Reached, f.Edges) : LineageAtlas.Unknown(request.NodeId!);
    }

    /// <summary>What each job in reach had done last by then: those that matter are among all that it ever reached.</summary>
    private async Task<Func<LineageEdge, bool>> LatestAsync(ReadLineage request, LineageDirection direction, Func<LineageEdge, bool> counts, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var jobs = await atlas.AskAsync(graph => graph.Resolve(request.NodeId!) is { } node
            ? graph.Traverse([node.Key], new(direction, request.Depth, ReadLineageRules.MostNodes, counts)).Nodes.Where(n => n.Node.Kind == LineageKind.Job).Select(n => n.Key).ToArray()
            : [], cancellationToken);
        var done = await runs.DoneByAsync(jobs, at, cancellationToken);
        return edge => counts(edge) && edge.Kind switch
        {
            LineageEdgeKind.Read => !done.Knows(edge.To) || done.Reads(edge.To, edge.From),
            LineageEdgeKind.Written => !done.Knows(edge.From) || done.Writes(edge.From, edge.To),
            _ => true,
        };
    }

    private static LineageView View(ReadLineage request, LineageNode node, LineageTraversal reached, IReadOnlyList<LineageEdge> among)
    {
        var ids = reached.Nodes.ToDictionary(n => n.Key, n => n.Node.Id);
        var edges = among.Select(e => (Edge: e, View: new LineageEdgeView(ids[e.From], ids[e.To], Json.EnumWord(e.Kind), e.FirstSeen == DateTimeOffset.MinValue ? null : e.FirstSeen, e.EndedAt))).ToList();
        var (into, outOf) = (edges.ToLookup(e => e.Edge.To, e => e.View), edges.ToLookup(e => e.Edge.From, e => e.View));
        return new(node.Id, request.Direction, request.Mode, request.AsOf, reached.Truncated, reached.Depth,
        [
            .. reached.Nodes.OrderBy(n => n.Node.Id, StringComparer.Ordinal).Select(n => new LineageNodeView(
                n.Node.Id, TypeOf(n.Node.Kind), new(n.Node.Namespace.Length == 0 ? null : n.Node.Namespace, n.Node.Name), n.Depth,
                [.. into[n.Key].OrderBy(e => e.Origin, StringComparer.Ordinal)], [.. outOf[n.Key].OrderBy(e => e.Destination, StringComparer.Ordinal)])),
        ]);
    }

    private static string TypeOf(LineageKind kind) => kind switch
    {
        LineageKind.Dataset => "DATASET",
        LineageKind.Job => "JOB",
        LineageKind.Run => "RUN",
        LineageKind.DatasetVersion => "DATASET_VERSION",
        LineageKind.ModelVersion => "MODEL_VERSION",
        _ => "DEPLOYMENT",
    };
}
