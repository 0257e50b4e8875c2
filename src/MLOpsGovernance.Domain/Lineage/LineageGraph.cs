using System.Buffers;
using System.Runtime.InteropServices;

namespace MLOpsGovernance.Domain.Lineage;

public enum LineageDirection
{
    Upstream,
    Downstream,
    Both,
}

/// <summary>What was reached, the nearest first.</summary>
/// <param name="Truncated">Whether there is more than was asked for: beyond the depth, or beyond the number of nodes.</param>
public sealed record LineageTraversal(IReadOnlyList<LineageReached> Nodes, bool Truncated)
{
    /// <summary>Of the farthest node that was reached.</summary>
    public int Depth => Nodes.Count == 0 ? 0 : Nodes[^1].Depth;
}

/// <param name="Via">Over which edge it was reached first; null for the start.</param>
/// <param name="From">Where among all that was reached the node stands from which it was; following that leads back to the start the shortest way. -1 for the start.</param>
public sealed record LineageReached(Guid Key, LineageNode Node, int Depth, LineageEdge? Via, int From);

/// <summary>
/// Where data comes from and goes to, in memory. It only grows: what was so once stays in it with its times. One thread at a time changes it, and nobody reads meanwhile; who uses it sees to that.
/// </summary>
public sealed class LineageGraph
{
    private readonly Dictionary<Guid, int> _places = [];
    private readonly List<LineageNode> _nodes = [];
    private readonly List<Guid> _keys = [];
    private readonly List<List<Link>> _out = [], _in = [];
    private readonly Dictionary<(int From, int To, LineageEdgeKind Kind), int> _known = [];
    private readonly List<LineageEdge> _edges = [];

    public int Nodes => _nodes.Count;

    public int Edges => _edges.Count;

    public void Add(LineageNode node) => Add(node.Key, node);

    /// <param name="key">That of the node, worked out before.</param>
    public void Add(Guid key, LineageNode node)
    {
        if (!_places.TryAdd(key, _nodes.Count)) return;
        _nodes.Add(node);
        _keys.Add(key);
        _out.Add([]);
        _in.Add([]);
    }

    /// <summary>Adds an edge, or takes what is now known of it. One whose ends are not known is none.</summary>
    public void Add(LineageEdge edge)
    {
        if (!_places.TryGetValue(edge.From, out var from) || !_places.TryGetValue(edge.To, out var to)) return;
        if (_known.TryGetValue((from, to, edge.Kind), out var at))
        {
            _edges[at] = edge;
            return;
        }

        _known[(from, to, edge.Kind)] = _edges.Count;
        _out[from].Add(new(to, _edges.Count));
        _in[to].Add(new(from, _edges.Count));
        _edges.Add(edge);
    }

    /// <summary>The node that an id means, where it is known.</summary>
    public LineageNode? Resolve(string id) => LineageNode.Candidates(id).FirstOrDefault(n => _places.ContainsKey(n.Key));

    public bool Has(Guid key) => _places.ContainsKey(key);

    public LineageNode? Find(Guid key) => _places.TryGetValue(key, out var place) ? _nodes[place] : null;

    /// <summary>Breadth first, each node once, so that circles end and the way to each is a shortest one. What is reached is the same whatever order the graph was built in.</summary>
    public LineageTraversal Traverse(IReadOnlyList<Guid> start, LineageScope scope)
    {
        var seen = ArrayPool<bool>.Shared.Rent(_nodes.Count);
        try
        {
            Array.Clear(seen, 0, _nodes.Count);
            var (places, reached, truncated) = (new List<int>(), new List<LineageReached>(), false);
            foreach (var key in start) if (_places.TryGetValue(key, out var place)) Reach(place, 0, null, -1);
            for (var next = 0; next < reached.Count; next++)
            {
                var depth = reached[next].Depth;
                foreach (var link in Links(places[next], scope.Direction))
                {
                    if (seen[link.Other] || !Counts(link.Edge, scope)) continue;
                    if (depth >= scope.MostDepth || reached.Count >= scope.MostNodes)
                    {
                        truncated = true;
                        break;
                    }

                    Reach(link.Other, depth + 1, _edges[link.Edge], next);
                }
            }

            return new(reached, truncated);

            void Reach(int place, int depth, LineageEdge? via, int from)
            {
                if (seen[place]) return;
                seen[place] = true;
                places.Add(place);
                reached.Add(new(_keys[place], _nodes[place], depth, via, from));
            }
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(seen);
        }
    }

    /// <summary>The edges between nodes that were reached.</summary>
    public IReadOnlyList<LineageEdge> EdgesAmong(LineageTraversal reached, LineageScope scope)
    {
        var places = reached.Nodes.Select(n => _places[n.Key]).ToHashSet();
        return [.. places.SelectMany(place => _out[place]).Where(link => places.Contains(link.Other) && Counts(link.Edge, scope)).Select(link => _edges[link.Edge])];
    }

    private IEnumerable<Link> Links(int place, LineageDirection direction) => direction switch
    {
        LineageDirection.Downstream => _out[place],
        LineageDirection.Upstream => _in[place],
        _ => _out[place].Concat(_in[place]),
    };

    private bool Counts(int edge, LineageScope scope) => _edges[edge] is { Kind: not LineageEdgeKind.PartOf } counted && (scope.Counts?.Invoke(counted) ?? true);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Link(int Other, int Edge);
}
