namespace MLOpsGovernance.Domain.Lineage;

/// <summary>What a dataset, a job or a model version reaches: the versions of models and the deployments, each with a shortest way to it.</summary>
/// <param name="Datasets">How many datasets and versions of them were reached.</param>
/// <param name="Truncated">Whether there may be more.</param>
public sealed record LineageImpact(IReadOnlyList<ImpactedNode> ModelVersions, IReadOnlyList<ImpactedNode> Deployments, int Datasets, int Jobs, bool Truncated)
{
    /// <param name="reached">Downstream of what it is about.</param>
    public static LineageImpact Of(LineageTraversal reached)
    {
        return new(
            [.. Of(LineageKind.ModelVersion)], [.. Of(LineageKind.Deployment)],
            reached.Nodes.Count(n => n.Depth > 0 && n.Node.Kind is LineageKind.Dataset or LineageKind.DatasetVersion), reached.Nodes.Count(n => n.Node.Kind == LineageKind.Job), reached.Truncated);

        IEnumerable<ImpactedNode> Of(LineageKind kind) =>
            reached.Nodes.Where(n => n.Node.Kind == kind).Select(n => new ImpactedNode(n.Node, n.Via, Way(n))).OrderBy(n => n.Node.Id, StringComparer.Ordinal);

        IReadOnlyList<LineageNode> Way(LineageReached node)
        {
            List<LineageNode> way = [node.Node];
            for (var at = node.From; at >= 0; at = reached.Nodes[at].From) way.Add(reached.Nodes[at].Node);
            way.Reverse();
            return way;
        }
    }
}

/// <param name="Via">The last edge of the way; of a deployment it says when it ended.</param>
/// <param name="Way">From what was asked about to it.</param>
public sealed record ImpactedNode(LineageNode Node, LineageEdge? Via, IReadOnlyList<LineageNode> Way);
