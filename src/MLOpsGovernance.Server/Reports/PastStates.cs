using Marten;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Reports;

/// <summary>States as they were, folded from the events up to a moment.</summary>
internal sealed class PastStates(IDocumentStore store)
{
    public async Task<TState> AtAsync<TState>(string stream, DateTimeOffset at, TState empty, Func<TState, object, TState> evolve, CancellationToken cancellationToken)
    {
        var events = await EventsAsync(stream, at, cancellationToken);
        return events.Aggregate(empty, evolve);
    }

    public async Task<IReadOnlyList<object>> EventsAsync(string stream, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return [.. (await session.Events.FetchStreamAsync(stream, timestamp: at.ToUniversalTime(), token: cancellationToken)).Select(e => e.Data)];
    }

    /// <summary>The datasets that are named, and all that they were made from.</summary>
    public async Task<Dictionary<string, Snapshot<Dataset>>> DatasetsAsync(IEnumerable<DatasetReference> references, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Snapshot<Dataset>>(StringComparer.Ordinal);
        var open = new Queue<DatasetReference>(references);
        var seen = new HashSet<DatasetReference>();
        while (open.TryDequeue(out var reference))
        {
            if (!seen.Add(reference)) continue;
            if (!found.TryGetValue(reference.Name, out var dataset))
                found[reference.Name] = dataset = new(await AtAsync($"dataset:{reference.Name}", at, new Dataset(), Dataset.Evolve, cancellationToken), 0);
            foreach (var origin in dataset.State.Versions.GetValueOrDefault(reference.Version)?.Sources ?? []) open.Enqueue(origin);
        }

        return found;
    }
}
