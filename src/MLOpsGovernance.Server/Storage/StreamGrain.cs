using Marten;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Storage;

/// <summary>A grain whose state is one Marten stream. The stream's version, not the grain, guards against a second activation.</summary>
internal abstract class StreamGrain<TState, TCommand>(StreamStorage storage) : Grain, IStreamGrain<TState, TCommand> where TState : class, new()
{
    private readonly Dictionary<string, (string? Body, int? Number)> _commands = new(StringComparer.Ordinal);
    private long _version, _edition;
    private bool _lost;

    protected TState State { get; private set; } = new();

    protected abstract string Stream { get; }

    /// <summary>False where only the stream's length matters, because nothing is decided on what it holds.</summary>
    protected virtual bool Folds => true;

    protected abstract TState Fold(TState state, object e);

    protected abstract Decision Decide(TState state, TCommand command, Actor actor, DateTimeOffset at);

    /// <summary>What else is stored in the transaction of these events; null for most.</summary>
    protected virtual Action<IDocumentOperations>? Beside(IReadOnlyList<object> events) => null;

    /// <summary>The number that an event gives out, such as a model version's; null for most.</summary>
    protected virtual int? Number(object e) => null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var session = storage.Store.QuerySession();
            if (!Folds)
            {
                _version = (await session.Events.FetchStreamStateAsync(Stream, cancellationToken))?.Version ?? 0;
                return;
            }

            foreach (var e in await session.Events.FetchStreamAsync(Stream, token: cancellationToken))
            {
                State = Fold(State, e.Data);
                _version = e.Version;
                if (e.Data is not AttemptRefused) _edition = e.Version;
                if (e.GetHeader("command")?.ToString() is { } key) Remember(key, e.GetHeader("body")?.ToString(), [e.Data]);
            }
        }
        catch (Exception e) when (StoreErrors.IsUnavailable(e))
        {
            throw StoreErrors.Unavailable(e);
        }
    }

    public Task<Snapshot<TState>> Read() => Task.FromResult(new Snapshot<TState>(State, _version, _edition));

    public async Task<CommandOutcome> Execute(Envelope<TCommand> envelope)
    {
        if (_lost) throw new StaleActivationException(Stream);
        if (envelope.Context.Key is { } key && _commands.TryGetValue(key, out var done))
        {
            return done.Body == envelope.Context.Body
                ? new(null, true, _edition, done.Number, Repeated: true)
                : new(new("idempotency-key-reused", "This idempotency key was used for another command; take a fresh one.", RefusalKind.Unprocessable), true, _edition, null, false);
        }

        // This stream's own guard needs no database: nothing else is appended while this runs.
        if (envelope.Guards.FirstOrDefault(g => g.Stream == Stream) is { } own && own.Version != _version)
            throw new GuardFailedException($"{Stream} is at version {_version}, the decision rested on version {own.Version}");

        var at = storage.Time.GetUtcNow();
        var decision = Decide(State, envelope.Content, envelope.Actor, at);
        // Who may not do it, or names what is not there, is told so whatever was demanded. Beyond that the caller decided on another state; that is no attempt to break a rule.
        if (envelope.Precondition is { } demanded && !demanded.Holds(_edition) && decision.Refusal is not { Kind: RefusalKind.Forbidden or RefusalKind.NotFound })
            return new(Precondition.Failed(Stream, _edition), true, _edition, null, false);

        if (decision.Refusal is { } refusal)
        {
            var attempt = new AttemptRefused(Requests.UseCase.Of(envelope.Content!), refusal.Code, refusal.Why, null, envelope.Actor.Subject, at);
            return new(refusal, await RecordAttemptAsync(attempt, envelope.Context), _edition, null, false);
        }

        if (decision.Events.Count > 0) await RecordAsync(decision.Events, envelope.Context, [.. envelope.Guards.Where(g => g.Stream != Stream)]);
        return new(null, true, _edition, decision.Events.Select(Number).FirstOrDefault(n => n is not null), false);
    }

    public Task<bool> Note(Envelope<AttemptRefused> attempt) => RecordAttemptAsync(attempt.Content, attempt.Context);

    private async Task<bool> RecordAttemptAsync(AttemptRefused attempt, EventContext context)
    {
        if (_version == 0 && Folds) return false;
        // A refused command may be tried again under its key once the reason is gone.
        await RecordAsync([attempt], context with { Key = null, Body = null }, []);
        return true;
    }

    private async Task RecordAsync(IReadOnlyList<object> events, EventContext context, IReadOnlyList<Guard> guards)
    {
        if (_lost) throw new StaleActivationException(Stream);
        try
        {
            // No token: cancelling after the append is queued would create an unknown outcome.
            await storage.Writer.AppendAsync(new(Stream, typeof(TState), _version, events, context, guards, Beside: Beside(events)), CancellationToken.None);
        }
        catch (GuardFailedException)
        {
            throw;
        }
        catch
        {
            // A conflict, or an unknown outcome after a lost connection: this activation's state proves nothing any more.
            _lost = true;
            DeactivateOnIdle();
            throw;
        }

        foreach (var e in events)
        {
            State = Fold(State, e);
            _version++;
            if (e is not AttemptRefused) _edition = _version;
        }

        if (context.Key is { } key) Remember(key, context.Body, events);
    }

    private void Remember(string key, string? body, IReadOnlyList<object> events)
    {
        var number = events.Select(Number).FirstOrDefault(n => n is not null);
        _commands[key] = (body, number ?? (_commands.TryGetValue(key, out var before) ? before.Number : null));
    }
}

/// <summary>What every stream grain needs.</summary>
internal sealed record StreamStorage(IDocumentStore Store, EventWriter Writer, TimeProvider Time);
