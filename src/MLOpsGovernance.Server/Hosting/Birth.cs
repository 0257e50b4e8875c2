using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Domain.Subjects;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// What a new installation begins with: <c>staging</c> and <c>production</c>, gated; the shipped policies; the first administrator. All of it as events,
/// each written once; run before the silo starts, so no grain has read these streams yet.
/// </summary>
internal sealed class Birth(IDocumentStore store, PolicyFolder folder, TimeProvider time, ILogger<Birth> log)
{
    private static readonly Actor Birthing = new("system:birth", false, []), Developing = new("system:development", false, []);

    private Task<FolderReading>? _reading;

    /// <summary>Begins to read the policies, which needs no database: it takes as long as bringing that up to date.</summary>
    public void ReadAhead() => _reading ??= Task.Run(folder.Read);

    /// <param name="development">In Development the folder is adopted whenever it differs from the set in force.</param>
    /// <exception cref="StartupException">No set is in force yet, and the policy folder has none that loads and keeps what its tests promise.</exception>
    public async Task RunAsync(string? firstAdministrator, bool development, CancellationToken cancellationToken)
    {
        foreach (var name in new[] { "staging", "production" })
        {
            await DecideAsync<DeploymentEnvironment>($"environment:{name}", DeploymentEnvironment.Evolve,
                state => state.Exists ? Decision.Nothing : EnvironmentDecider.Decide(state, new PutEnvironment(name, true, null, "other", null), Birthing, time.GetUtcNow()), Birthing, cancellationToken);
        }

        await AdoptAsync(development ? Developing : Birthing, development, cancellationToken);
        if (string.IsNullOrWhiteSpace(firstAdministrator)) return;
        if (!Name.IsSubject(firstAdministrator)) throw new StartupException($"Identity__FirstAdministrator must be a subject id: {Name.SubjectRule}.");
        await DecideAsync<Subject>($"subject:{firstAdministrator}", Subject.Evolve,
            state => SubjectDecider.Decide(state, new GrantRole(firstAdministrator, Roles.Administrator, null, Seed: true), Birthing, time.GetUtcNow()), Birthing, cancellationToken);
    }

    /// <summary>A broken folder keeps nobody from starting, or from migrating, where a set is in force: that one stays.</summary>
    private async Task AdoptAsync(Actor adopter, bool development, CancellationToken cancellationToken)
    {
        var reading = await (_reading ?? Task.Run(folder.Read, cancellationToken));
        await DecideAsync<PolicySetHistory>(PolicySetGrain.StreamName, PolicySetHistory.Evolve, history =>
        {
            if (reading is { Set: { Files.Count: > 0 } set, Errors: [] })
            {
                var texts = reading.Files.ToLookup(f => set.Files.Any(m => m.Path == f.Path), f => new PolicyDocumentText(f.Path, f.Text));
                return PolicySetDecider.Decide(history, new Domain.Policies.AdoptPolicySet(set.Digest, [.. texts[true]], AtBirthOnly: !development, [.. texts[false]]), adopter, time.GetUtcNow());
            }

            var why = reading is { Files.Count: > 0, Errors: [var e, ..] }
                ? $"The policies cannot be used: {folder.Path}/{BrokenPolicySet.Words(e)}"
                : $"There are no policies in {folder.Path}; set Policies__Folder to the folder that holds them.";
            if (history.InForce is null) throw new StartupException(why);
            log.LogError("{Why} The policy set in force stays.", why);
            return Decision.Nothing;
        }, adopter, cancellationToken);
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
