using FluentValidation;
using Marten;
using MediatR;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Server.Deployments;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>Which versions of models, and which deployments, rest on something; who owns them.</summary>
/// <param name="AsOf">As it was known of that time, and with what was live then.</param>
[AnyRole]
internal sealed record ReadImpact(string? NodeId, int Depth, DateTimeOffset? AsOf, int Limit, bool Stale) : IQuery<ImpactView>, IOfNode;

internal sealed class ReadImpactRules : AbstractValidator<ReadImpact>
{
    public ReadImpactRules()
    {
        this.IsOfNode();
        RuleFor(q => q.Limit).InclusiveBetween(1, ReadLineageRules.MostNodes).WithMessage($"limit is a whole number from 1 to {ReadLineageRules.MostNodes}.");
    }
}

/// <param name="Summary">How much there is of each in all, however many are listed.</param>
/// <param name="Owners">The teams whose models are concerned.</param>
/// <param name="Truncated">Whether something lies beyond the depth, or more is concerned than is listed.</param>
internal sealed record ImpactView(
    string NodeId, DateTimeOffset? AsOf, ImpactSummary Summary, IReadOnlyList<ImpactedVersion> ModelVersions, IReadOnlyList<ImpactedDeployment> Deployments, IReadOnlyList<ImpactedOwner> Owners, bool Truncated);

internal sealed record ImpactSummary(int ModelVersions, int Deployments, int LiveDeployments, int Datasets, int Jobs);

/// <param name="Live">Whether it is at work anywhere.</param>
/// <param name="Way">Ids of nodes, from what was asked about to the version.</param>
internal sealed record ImpactedVersion(string Model, int Version, string? Team, bool Live, IReadOnlyList<string> Way);

/// <param name="EndedAt">Null while it lives.</param>
internal sealed record ImpactedDeployment(string Id, string Model, int Version, string Environment, bool Live, DateTimeOffset At, DateTimeOffset? EndedAt, IReadOnlyList<string> Way);

internal sealed record ImpactedOwner(string Team, IReadOnlyList<string> Models);

internal sealed class ImpactQuery(ImpactReader impact, Registers registers) : IRequestHandler<ReadImpact, Result<ImpactView>>
{
    public async Task<Result<ImpactView>> Handle(ReadImpact request, CancellationToken cancellationToken)
    {
        if (!request.Stale) await registers.CatchUpAsync(cancellationToken);
        return await impact.OfAsync([request.NodeId!], request.Depth, request.AsOf, request.Limit, cancellationToken) is { } view ? view : LineageAtlas.Unknown(request.NodeId!);
    }
}

/// <summary>Puts names, owners and environments to what the graph says is reached.</summary>
internal sealed class ImpactReader(LineageAtlas atlas, IDocumentStore store)
{
    /// <summary>All of a graph that has grown for years; whoever asks for impact must not be told half of it.</summary>
    private const int MostNodes = 5_000_000;

    /// <returns>Null where none of the nodes is known.</returns>
    public async Task<ImpactView?> OfAsync(IReadOnlyList<string> nodes, int depth, DateTimeOffset? asOf, int limit, CancellationToken cancellationToken)
    {
        var found = await atlas.AskAsync<(string Id, LineageImpact Impact)?>(graph =>
        {
            LineageNode[] start = [.. nodes.Select(graph.Resolve).OfType<LineageNode>()];
            return start.Length == 0 ? null : (start[0].Id, LineageImpact.Of(graph.Traverse([.. start.Select(n => n.Key)], new(LineageDirection.Downstream, depth, MostNodes, LineageScope.AsOf(asOf)))));
        }, cancellationToken);
        if (found is not var (id, impact)) return null;

        await using var session = store.QuerySession();
        var rows = (await session.LoadManyAsync<DeploymentRow>(cancellationToken, [.. impact.Deployments.Select(d => d.Node.Name)])).ToDictionary(d => d.Id, StringComparer.Ordinal);
        var models = (await session.LoadManyAsync<ModelRow>(cancellationToken, [.. impact.ModelVersions.Select(v => $"model:{v.Node.Namespace}").Distinct(StringComparer.Ordinal)])).ToDictionary(m => m.Name, StringComparer.Ordinal);
        List<ImpactedDeployment> deployments =
        [
            .. impact.Deployments.Where(d => rows.ContainsKey(d.Node.Name)).Select(d => (Row: rows[d.Node.Name], d.Way)).Where(d => asOf is null || d.Row.At <= asOf)
                .Select(d => new ImpactedDeployment(d.Row.Id, d.Row.Model, d.Row.Version, d.Row.Environment, IsLive(d.Row, asOf), d.Row.At, d.Row.EndedAt, Ids(d.Way)))
                .OrderByDescending(d => d.Live).ThenBy(d => d.Environment, StringComparer.Ordinal).ThenBy(d => d.Model, StringComparer.Ordinal).ThenBy(d => d.At),
        ];
        var live = deployments.Where(d => d.Live).Select(d => (d.Model, d.Version)).ToHashSet();
        List<ImpactedVersion> versions =
        [
            .. impact.ModelVersions.Select(v => (v.Node.Namespace, Version: int.Parse(v.Node.Name, System.Globalization.CultureInfo.InvariantCulture), v.Way))
                .Select(v => new ImpactedVersion(v.Namespace, v.Version, models.GetValueOrDefault(v.Namespace)?.Team, live.Contains((v.Namespace, v.Version)), Ids(v.Way)))
                .OrderByDescending(v => v.Live).ThenBy(v => v.Model, StringComparer.Ordinal).ThenBy(v => v.Version),
        ];
        return new(
            id, asOf, new(versions.Count, deployments.Count, deployments.Count(d => d.Live), impact.Datasets, impact.Jobs), [.. versions.Take(limit)], [.. deployments.Take(limit)],
            [.. versions.Where(v => v.Team is not null).GroupBy(v => v.Team!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new ImpactedOwner(g.Key, [.. g.Select(v => v.Model).Distinct(StringComparer.Ordinal)]))],
            impact.Truncated || versions.Count > limit || deployments.Count > limit);
    }

    private static bool IsLive(DeploymentRow row, DateTimeOffset? asOf) => row.EndedAt is not { } ended || ended > asOf;

    private static IReadOnlyList<string> Ids(IReadOnlyList<LineageNode> way) => [.. way.Select(n => n.Id)];
}
