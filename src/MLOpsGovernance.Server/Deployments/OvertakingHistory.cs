using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.PolicyChecks;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <param name="Stream">Where it happened.</param>
/// <param name="Happened">Whether it has happened where these are the facts.</param>
/// <param name="Earlier">What brought it about may lie before the decision.</param>
/// <param name="Turns">Asked for is the event that turned it: where it had happened already when the decision was made, it was not this stream.</param>
internal sealed record Change(string Code, string Why, string Stream, Func<GateFacts, bool> Happened, bool Earlier = false, bool Turns = false);

/// <summary>
/// Finds the event that brought a change about by living through its stream again: the first one after which the facts show it. An event's type alone
/// would not do, because one like it may concern another version, or have changed nothing.
/// </summary>
internal sealed class OvertakingHistory(IDocumentStore store)
{
    /// <param name="now">What the facts are made of now; what the change's own stream adds to it is made again, event by event.</param>
    /// <returns>Null where no event of the stream shows it.</returns>
    public async Task<OvertakingEvent?> NameAsync(PolicyChecked decision, Change change, FactSources now, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var read = change.Earlier ? 0 : decision.Read.FirstOrDefault(r => r.Stream == change.Stream)?.Version ?? 0;
        var (kind, name) = change.Stream.Split(':', 2) is [var k, var n] ? (k, n) : (change.Stream, "");
        var then = Before(now, kind, name);
        foreach (var e in await session.Events.FetchStreamAsync(change.Stream, token: cancellationToken))
        {
            then = After(then, kind, name, e.Data);
            if (e.Version == read && change.Turns && change.Happened(then.Facts())) return null;
            if (e.Version > read && e.Data is not AttemptRefused && change.Happened(then.Facts())) return new(change.Stream, e.Version, e.EventTypeName, e.Id.ToString(), e.Timestamp);
        }

        return null;
    }

    private static FactSources Before(FactSources now, string kind, string name) => kind switch
    {
        "model" => now with { Model = new() },
        "environment" => now with { Environment = new() },
        "dataset" => With(now, name, new Dataset()),
        "waiver" => With(now, name, new Waiver()),
        _ => now,
    };

    private static FactSources After(FactSources before, string kind, string name, object e) => kind switch
    {
        "model" => before with { Model = Model.Evolve(before.Model, e) },
        "environment" => before with { Environment = DeploymentEnvironment.Evolve(before.Environment, e) },
        "dataset" => With(before, name, Dataset.Evolve(before.Datasets[name].State, e)),
        "waiver" => With(before, name, Waiver.Evolve(before.Waivers[name].State, e)),
        _ => before,
    };

    private static FactSources With(FactSources sources, string id, Waiver waiver) =>
        sources with { Waivers = new Dictionary<string, Snapshot<Waiver>>(sources.Waivers, StringComparer.Ordinal) { [id] = new(waiver, 0) } };

    private static FactSources With(FactSources sources, string name, Dataset dataset) =>
        sources with { Datasets = new Dictionary<string, Snapshot<Dataset>>(sources.Datasets, StringComparer.Ordinal) { [name] = new(dataset, 0) } };
}
