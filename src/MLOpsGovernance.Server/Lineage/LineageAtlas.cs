using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Lineage;
using Npgsql;

namespace MLOpsGovernance.Server.Lineage;

/// <summary>The graph in this node's memory. Before each question it takes in what the register has added since the last one.</summary>
internal sealed class LineageAtlas(NpgsqlDataSource source) : IDisposable
{
    private readonly LineageGraph _graph = new();
    private readonly ReaderWriterLockSlim _access = new();
    private readonly SemaphoreSlim _refreshing = new(1);
    private long _nodesTo, _edgesTo;

    public static Refusal Unknown(string node) => new("lineage-node-unknown", $"Nothing is known of {(node.Length <= 200 ? node : node[..200])}.", RefusalKind.NotFound);

    /// <param name="question">Must not wait for anything: others wait for it.</param>
    public async Task<T> AskAsync<T>(Func<LineageGraph, T> question, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        _access.EnterReadLock();
        try
        {
            return question(_graph);
        }
        finally
        {
            _access.ExitReadLock();
        }
    }

    public void Dispose()
    {
        _access.Dispose();
        _refreshing.Dispose();
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            await using var batch = source.CreateBatch();
            // Edges first: a node that comes between the two is only early.
            batch.BatchCommands.Add(new($"select from_key, to_key, kind, first_seen, ended_at, current, change from {LineageTables.Edges} where change > $1") { Parameters = { new() { Value = _edgesTo } } });
            batch.BatchCommands.Add(new($"select key, kind, namespace, name, change from {LineageTables.Nodes} where change > $1") { Parameters = { new() { Value = _nodesTo } } });
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var (edges, edgesTo) = (new List<LineageEdge>(), _edgesTo);
            while (await reader.ReadAsync(cancellationToken))
            {
                edges.Add(new(
                    reader.GetGuid(0), reader.GetGuid(1), (LineageEdgeKind)reader.GetInt16(2), reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4), reader.GetBoolean(5)));
                edgesTo = Math.Max(edgesTo, reader.GetInt64(6));
            }

            await reader.NextResultAsync(cancellationToken);
            var (nodes, nodesTo) = (new List<(Guid, LineageNode)>(), _nodesTo);
            while (await reader.ReadAsync(cancellationToken))
            {
                nodes.Add((reader.GetGuid(0), new((LineageKind)reader.GetInt16(1), reader.GetString(2), reader.GetString(3))));
                nodesTo = Math.Max(nodesTo, reader.GetInt64(4));
            }

            if (edges.Count + nodes.Count > 0) Take(nodes, edges);
            (_nodesTo, _edgesTo) = (nodesTo, edgesTo);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private void Take(List<(Guid, LineageNode)> nodes, List<LineageEdge> edges)
    {
        _access.EnterWriteLock();
        try
        {
            foreach (var (key, node) in nodes) _graph.Add(key, node);
            foreach (var edge in edges) _graph.Add(edge);
        }
        finally
        {
            _access.ExitWriteLock();
        }
    }
}
