using System.Text.Json;
using System.Text.Json.Serialization;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Lineage;
using MLOpsGovernance.Domain.Models;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>What a page of events adds to the graph, each thing once, whatever the order of the events.</summary>
internal sealed class LineagePage
{
    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly Dictionary<Guid, NodeRow> _nodes = [];
    private readonly Dictionary<(Guid, Guid, LineageEdgeKind), DateTimeOffset> _edges = [];
    private readonly Dictionary<Guid, RunRow> _runs = [];
    private readonly HashSet<DataRow> _data = [];
    private readonly Dictionary<(Guid, string), FacetRow> _facets = [];
    private readonly Dictionary<Guid, DateTimeOffset> _ends = [];
    private readonly Dictionary<(Guid, Guid), DateTimeOffset> _parted = [];
    private readonly Dictionary<LineageNode, Guid> _keys = [];

    public bool IsEmpty => _nodes.Count + _edges.Count + _runs.Count + _ends.Count + _parted.Count == 0;

    public string Json() => JsonSerializer.Serialize(
        new
        {
            Nodes = _nodes.Values,
            Edges = _edges.Select(e => new { FromKey = e.Key.Item1, ToKey = e.Key.Item2, Kind = (int)e.Key.Item3, FirstSeen = e.Value }),
            Runs = _runs.Values,
            Data = _data,
            Facets = _facets.Values,
            Ends = _ends.Select(e => new { e.Key, At = e.Value }),
            Parted = _parted.Select(e => new { FromKey = e.Key.Item1, ToKey = e.Key.Item2, At = e.Value }),
        },
        Columns);

    /// <param name="key">What the stream is called by: for a model its name.</param>
    public void Take(string key, object e)
    {
        switch (e)
        {
            case LineageReported reported:
                Report(reported);
                break;
            case DatasetRegistered registered:
                Add(LineageNode.Registered(registered.Name));
                break;
            case DatasetVersionRegistered version:
                Version(key, version);
                break;
            case DatasetLineageNamed named:
                Name(LineageNode.Registered(key), named.Names, named.At);
                foreach (var name in named.Removed) Part(LineageNode.Registered(key), LineageNode.OfDataset(name), named.At);
                break;
            case ModelVersionRegistered version:
                Version(key, version);
                break;
            case ModelDeployed d:
                Deploy(key, d.Version, d.Id, d.At);
                End([d.Replaces, .. d.Ended ?? []], d.At);
                break;
            case ModelRolledBack d:
                Deploy(key, d.Version, d.Id, d.At);
                End([d.Replaces, .. d.Ended ?? []], d.At);
                break;
            case DeploymentConcluded { Ended: true } d:
                End([d.Id], d.At);
                break;
            case ModelRetired r:
                End(r.Ended, r.At);
                break;
        }
    }

    private void Report(LineageReported e)
    {
        if (e.Dataset is { } dataset) Dataset(dataset, e);
        if (e.Job is not { } named) return;
        var job = Add(LineageNode.OfJob(named));
        // The design of a job is taken as a run of its own that has ended: the latest of both is what the job does now.
        var run = e.Run is { } id ? KeyOf(LineageNode.OfRun(id)) : KeyOf(LineageNode.OfRun(e.Body));
        var ended = e.Kind == LineageReported.OfJob || RunStates.IsTerminal(e.Type) ? e.EventTime : (DateTimeOffset?)null;
        var row = new RunRow(run, e.Run, job, RunStates.Of(e.Type), e.EventTime, e.EventTime, ended);
        _runs[run] = _runs.TryGetValue(run, out var before) ? before.With(row) : row;

        foreach (var input in e.Inputs) Link(Dataset(input, e), job, run, LineageEdgeKind.Read, e);
        foreach (var output in e.Outputs) Link(Dataset(output, e), job, run, LineageEdgeKind.Written, e);
        if (e.Parent is { } parent) Connect(Add(LineageNode.OfJob(parent.Job)), job, LineageEdgeKind.PartOf, e.EventTime);
    }

    private void Link(Guid dataset, Guid job, Guid run, LineageEdgeKind kind, LineageReported e)
    {
        var written = kind == LineageEdgeKind.Written;
        Connect(written ? job : dataset, written ? dataset : job, kind, e.EventTime);
        _data.Add(new(run, dataset, written));
    }

    private Guid Dataset(ReportedDataset reported, LineageReported e)
    {
        var node = LineageNode.OfDataset(reported.Key);
        var key = Add(node);
        Name(node, reported.Aliases ?? [], e.EventTime);
        foreach (var facet in reported.Facets ?? [])
        {
            var row = new FacetRow(key, facet, e.EventTime, e.Body);
            if (!_facets.TryGetValue((key, facet), out var before) || row.IsAfter(before)) _facets[(key, facet)] = row;
        }

        return key;
    }

    private void Name(LineageNode node, IReadOnlyList<EntityName> names, DateTimeOffset at)
    {
        foreach (var other in names.Select(LineageNode.OfDataset).Where(n => n != node))
        {
            var (key, same) = (Add(node), Add(other));
            _parted.Remove((key, same));
            _parted.Remove((same, key));
            Connect(key, same, LineageEdgeKind.SameAs, at);
            Connect(same, key, LineageEdgeKind.SameAs, at);
        }
    }

    private void Part(LineageNode node, LineageNode other, DateTimeOffset at)
    {
        var (a, b) = (KeyOf(node), KeyOf(other));
        foreach (var pair in ((Guid, Guid)[])[(a, b), (b, a)])
        {
            _edges.Remove((pair.Item1, pair.Item2, LineageEdgeKind.SameAs));
            _parted[pair] = at;
        }
    }

    private void Version(string dataset, DatasetVersionRegistered e)
    {
        var version = Add(LineageNode.OfDatasetVersion(dataset, e.Version));
        Connect(Add(LineageNode.Registered(dataset)), version, LineageEdgeKind.HasVersion, e.At);
        foreach (var source in e.Sources) Connect(Add(LineageNode.OfDatasetVersion(source.Name, source.Version)), version, LineageEdgeKind.MadeFrom, e.At);
    }

    private void Version(string model, ModelVersionRegistered e)
    {
        var version = Add(LineageNode.OfModelVersion(model, e.Version));
        foreach (var dataset in e.Datasets) Connect(Add(LineageNode.OfDatasetVersion(dataset.Name, dataset.Version)), version, LineageEdgeKind.Trained, e.At);
        if (e.Run is { Length: > 0 } run) Connect(Add(LineageNode.OfRun(run)), version, LineageEdgeKind.Made, e.At);
    }

    private void Deploy(string model, int version, string id, DateTimeOffset at) =>
        Connect(Add(LineageNode.OfModelVersion(model, version)), Add(LineageNode.OfDeployment(id)), LineageEdgeKind.Deployed, at);

    private void End(IEnumerable<string?> deployments, DateTimeOffset at)
    {
        foreach (var id in deployments.OfType<string>()) _ends.TryAdd(KeyOf(LineageNode.OfDeployment(id)), at);
    }

    private Guid Add(LineageNode node)
    {
        var key = KeyOf(node);
        _nodes.TryAdd(key, new(key, (int)node.Kind, node.Namespace, node.Name));
        return key;
    }

    private Guid KeyOf(LineageNode node)
    {
        if (!_keys.TryGetValue(node, out var key)) _keys[node] = key = node.Key;
        return key;
    }

    private void Connect(Guid from, Guid to, LineageEdgeKind kind, DateTimeOffset at)
    {
        if (!_edges.TryGetValue((from, to, kind), out var first) || at < first) _edges[(from, to, kind)] = at;
    }

    private sealed record NodeRow(Guid Key, int Kind, string Namespace, string Name);

    private sealed record DataRow(Guid Run, Guid Dataset, bool Written);

    private sealed record FacetRow(Guid Dataset, string Facet, DateTimeOffset EventTime, string Body)
    {
        public bool IsAfter(FacetRow other) => EventTime > other.EventTime || (EventTime == other.EventTime && string.CompareOrdinal(Body, other.Body) > 0);
    }

    /// <param name="Run">Null for the design of a job.</param>
    private sealed record RunRow(Guid Key, string? Run, Guid Job, string? State, DateTimeOffset FirstAt, DateTimeOffset LastAt, DateTimeOffset? EndedAt)
    {
        /// <summary>The same rule as in the table.</summary>
        public RunRow With(RunRow next) => new(
            Key, Run, next.LastAt >= LastAt ? next.Job : Job, StateWith(next), next.FirstAt < FirstAt ? next.FirstAt : FirstAt, next.LastAt > LastAt ? next.LastAt : LastAt, !(EndedAt > next.EndedAt) ? next.EndedAt ?? EndedAt : EndedAt);

        private string? StateWith(RunRow next) => (EndedAt, next.EndedAt) switch
        {
            (not null, null) => State,
            (_, not null) => EndedAt is null || next.EndedAt >= EndedAt ? next.State : State,
            _ => next.LastAt >= LastAt ? next.State ?? State : State ?? next.State,
        };
    }
}
