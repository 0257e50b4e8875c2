using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// What a new installation begins with: <c>staging</c> and <c>production</c>, gated; the shipped policies; the first administrator. All of it as events,
/// each written once; run before the silo starts, so no grain has read these streams yet.
/// </summary>
internal sealed class Birth(IDocumentStore store, TimeProvider time)
{
    private static readonly Actor Birthing = new("system:birth", false, []), Developing = new("system:development", false, []);

    /// <param name="folder">The shipped policies.</param>
    /// <param name="development">In Development the folder is adopted whenever it differs from the set in force.</param>
    /// <exception cref="StartupException">The shipped policies cannot be read, or there are none.</exception>
    public async Task RunAsync(string folder, string? firstAdministrator, bool development, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "staging", "production" })
        {
            await DecideAsync<DeploymentEnvironment>($"environment:{name}", DeploymentEnvironment.Evolve,
                state => state.Exists ? Decision.Nothing : EnvironmentDecider.Decide(state, new PutEnvironment(name, true, null, "other", null), Birthing, time.GetUtcNow()), Birthing, cancellationToken);
        }

        var load = PolicySet.Load(Directory.Exists(folder) ? PolicySet.ReadFolder(folder) : []);
        if (load.Set is not { Files.Count: > 0 } set)
        {
            throw new StartupException(load.Errors is [var e, ..]
                ? $"The policies cannot be read: {folder}/{e.File}({e.Line},{e.Column}): {e.Message}"
                : $"There are no policies in {folder}; set Policies__Folder to the folder that holds them.");
        }

        var adopter = development ? Developing : Birthing;
        await DecideAsync<PolicySetHistory>(PolicySetGrain.StreamName, PolicySetHistory.Evolve,
            state => PolicySetDecider.Decide(state, new AdoptPolicySet(set.Digest, [.. set.Files.Select(f => new PolicyDocumentText(f.Path, f.Text))], AtBirthOnly: !development), adopter, time.GetUtcNow()),
            adopter, cancellationToken);

        if (string.IsNullOrWhiteSpace(firstAdministrator)) return;
        if (!Name.IsSubject(firstAdministrator)) throw new StartupException($"Identity__FirstAdministrator must be a subject id: {Name.SubjectRule}.");
        await DecideAsync<Subject>($"subject:{firstAdministrator}", Subject.Evolve,
            state => SubjectDecider.Decide(state, new GrantRole(firstAdministrator, Roles.Administrator, null, Seed: true), Birthing, time.GetUtcNow()), Birthing, cancellationToken);
    }

    private async Task DecideAsync<TState>(string stream, Func<TState, object, TState> evolve, Func<TState, Decision> decide, Actor actor, CancellationToken cancellationToken) where TState : class, new()
    {
        await using var session = store.LightweightSession();
        var past = await session.Events.FetchStreamAsync(stream, token: cancellationToken);
        var decision = decide(past.Select(e => e.Data).Aggregate(new TState(), evolve));
        if (decision.Refusal is { } refusal) throw new StartupException(refusal.Why);
        if (decision.Events.Count == 0) return;

        var action = past.Count == 0
            ? session.Events.StartStream(typeof(TState), stream, decision.Events)
            : session.Events.Append(stream, past.Count + decision.Events.Count, decision.Events);
        EventNotes.Describe(action.Events, new(actor.Subject, null, null, null, null, null, null));
        await session.SaveChangesAsync(cancellationToken);
    }
}
