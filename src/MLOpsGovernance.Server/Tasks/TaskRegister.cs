using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Tasks;

namespace MLOpsGovernance.Server.Tasks;

/// <summary>What is kept of a model, a version, a finding, a dataset, a subject or an environment between one event about it and the next.</summary>
internal sealed class TaskStateRow
{
    public string Id { get; set; } = "";
    public TaskState State { get; set; } = new();

    /// <summary>Under which terms its tasks were reckoned.</summary>
    public string Terms { get; set; } = "";
}

/// <summary>
/// Keeps what waits for whom. A page of events is taken at once: what its events are about is read in a few round trips, and only what changed is written, so that the length of any history makes no difference.
/// </summary>
internal sealed class TaskRegister(TaskTerms terms) : IProjection
{
    private static readonly HashSet<Type> Taken = [.. TaskEvents.All];

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        (string Stream, object Event)[] taken = [.. events.Where(e => Taken.Contains(e.Data.GetType())).Select(e => (e.StreamKey!, e.Data))];
        if (taken.Length == 0) return;

        var ledger = new TaskLedger(terms);
        Dictionary<string, string> reckoned = new(StringComparer.Ordinal);
        while (ledger.Missing(taken) is [_, ..] keys)
        {
            var kept = (await operations.LoadManyAsync<TaskStateRow>(cancellation, [.. keys])).ToDictionary(r => r.Id, StringComparer.Ordinal);
            foreach (var key in keys) ledger.Know(key, kept.GetValueOrDefault(key)?.State);
            foreach (var row in kept.Values) reckoned[row.Id] = row.Terms;
        }

        foreach (var (stream, e) in taken) ledger.Take(stream, e);
        List<string> gone = [];
        List<OpenTask> came = [];
        foreach (var change in ledger.Changes())
        {
            operations.Store(new TaskStateRow { Id = change.Key, State = change.State, Terms = terms.Mark });
            var comparable = reckoned.GetValueOrDefault(change.Key) == terms.Mark;
            gone.AddRange(change.Before.Where(b => !comparable || !change.Now.Any(b.IsSameAs)).Select(b => b.Id));
            came.AddRange(change.Now.Where(n => !comparable || !change.Before.Any(n.IsSameAs)));
        }

        if (gone.Count + came.Count > 0) operations.QueueSqlCommand($"call {TaskTables.Replace}(?, ?::text::jsonb)", gone.ToArray(), TaskRows.Json(came));
    }
}
