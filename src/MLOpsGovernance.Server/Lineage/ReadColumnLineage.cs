using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>Which columns the columns of a dataset come from, and go to.</summary>
/// <param name="Column">Only this one; null is all of them.</param>
[AnyRole]
internal sealed record ReadColumnLineage(string? NodeId, string? Column, int Depth, string Direction, bool Stale) : IQuery<ColumnLineageView>, IOfNode;

internal sealed class ReadColumnLineageRules : AbstractValidator<ReadColumnLineage>
{
    public ReadColumnLineageRules()
    {
        this.IsOfNode();
        RuleFor(q => q.Direction).IsOneOf(ReadLineage.Directions);
        RuleFor(q => q.Column).IsText(1, EntityName.MostCharacters).When(q => q.Column is not null);
    }
}

/// <param name="Truncated">Whether more datasets lie in reach than were looked at.</param>
internal sealed record ColumnLineageView(string NodeId, string? Column, string Direction, bool Truncated, IReadOnlyList<ColumnEdgeView> Edges);

/// <param name="Transformations">How the one becomes the other, where the client said so.</param>
internal sealed record ColumnEdgeView(ColumnView From, ColumnView To, IReadOnlyList<ColumnTransformation> Transformations);

internal sealed record ColumnView(string Dataset, string Column);

internal sealed class ColumnLineageQuery(LineageAtlas atlas, LineageRuns runs, Registers registers) : IRequestHandler<ReadColumnLineage, Result<ColumnLineageView>>
{
    private const int MostDatasets = 500;

    public async Task<Result<ColumnLineageView>> Handle(ReadColumnLineage request, CancellationToken cancellationToken)
    {
        if (!request.Stale) await registers.CatchUpAsync(cancellationToken);
        var direction = Enum.Parse<LineageDirection>(request.Direction, ignoreCase: true);
        // From one dataset to the next are two edges, over the job between them.
        var found = await atlas.AskAsync<(LineageNode Node, LineageTraversal Reached)?>(graph => graph.Resolve(request.NodeId!) is { } node
            ? (node, graph.Traverse([node.Key], new(direction, Math.Min(2 * request.Depth, LineageScope.DeepestDepth), 4 * MostDatasets, LineageScope.AsOf(null))))
            : null, cancellationToken);
        if (found is not var (start, reached)) return LineageAtlas.Unknown(request.NodeId!);

        LineageNode[] datasets = [.. reached.Nodes.Select(n => n.Node).Where(n => n.Kind == LineageKind.Dataset).Take(MostDatasets)];
        var facets = await runs.FacetsAsync(datasets, "columnLineage", cancellationToken);
        var edges = ColumnLineage.Around(
            start, request.Column, direction, request.Depth, [.. datasets.Where(d => facets.ContainsKey(d.Key)).SelectMany(d => ColumnLineage.Of(d, facets[d.Key].Value))]);
        return new ColumnLineageView(
            start.Id, request.Column, request.Direction, reached.Truncated || datasets.Length == MostDatasets,
            [.. edges.Select(e => new ColumnEdgeView(new(e.From.Dataset.Id, e.From.Name), new(e.To.Dataset.Id, e.To.Name), e.Transformations))]);
    }
}
