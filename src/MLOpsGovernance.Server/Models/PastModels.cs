using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Models;

/// <summary>Models and what they were trained on as both stood at a time.</summary>
internal sealed class PastModels(PastStates past, TimeProvider time)
{
    /// <summary>Nobody knows yet what will be: a time to come is now.</summary>
    public DateTimeOffset Moment(DateTimeOffset? asOf) => asOf is { } at && at < time.GetUtcNow() ? at : time.GetUtcNow();

    public async Task<Model> ModelAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) => (await past.AsOfAsync<Model>($"model:{name}", at, Model.Evolve, cancellationToken)).State;

    /// <summary>The data and what it was made from, by name.</summary>
    public async Task<Dictionary<string, Snapshot<Dataset>>> DatasetsAsync(IReadOnlyList<DatasetReference> references, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Snapshot<Dataset>>(StringComparer.Ordinal);
        for (IEnumerable<DatasetReference> next = references; ; next = Inheritance.SourcesOf(references, name => found.GetValueOrDefault(name)?.State))
        {
            string[] unread = [.. next.Select(r => r.Name).Where(name => !found.ContainsKey(name)).Distinct(StringComparer.Ordinal)];
            if (unread is []) return found;
            foreach (var name in unread) found.Add(name, await past.AsOfAsync<Dataset>($"dataset:{name}", at, Dataset.Evolve, cancellationToken));
        }
    }
}
