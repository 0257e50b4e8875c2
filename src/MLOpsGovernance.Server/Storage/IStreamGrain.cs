using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Storage;

/// <summary>A grain that owns one stream: it decides commands, answers its state, and keeps what was refused.</summary>
internal interface IStreamGrain<TState, TCommand> : IGrainWithStringKey
{
    /// <summary>Decides a command and makes its events durable before it answers. A refusal is itself recorded, where the stream exists.</summary>
    [Alias("execute")]
    Task<CommandOutcome> Execute(Envelope<TCommand> envelope);

    /// <summary>The state and the version it stands for. Never waits for an append under way.</summary>
    [Alias("read"), Orleans.Concurrency.AlwaysInterleave]
    Task<Snapshot<TState>> Read();

    /// <summary>Records an attempt that was refused before it reached the rules. False when there is no such stream to record it in.</summary>
    [Alias("note")]
    Task<bool> Note(Envelope<AttemptRefused> attempt);
}

// The name of a generic type carries its arity, or a neighbour cannot read the type back.
[GenerateSerializer, Immutable, Alias("envelope.v1`1")]
internal sealed record Envelope<T>(T Content, Actor Actor, EventContext Context, IReadOnlyList<Guard> Guards, Precondition? Precondition = null);

/// <param name="Version">The place of the stream's last event.</param>
/// <param name="Edition">The place of the last event that changed the state: a refused attempt is none.</param>
[GenerateSerializer, Immutable, Alias("snapshot.v1`1")]
internal sealed record Snapshot<T>(T State, long Version, long Edition = 0);

/// <param name="Refusal">Null when it was done, or was done already.</param>
/// <param name="RefusalRecorded">False when the stream does not exist, so that the refusal must be recorded elsewhere.</param>
/// <param name="Edition">Of the state after it, see <see cref="Snapshot{T}"/>.</param>
/// <param name="Number">A number that the command gave out, such as a model version's.</param>
/// <param name="Repeated">The same idempotency key did this before.</param>
[GenerateSerializer, Immutable, Alias("command-outcome.v1")]
internal sealed record CommandOutcome(Refusal? Refusal, bool RefusalRecorded, long Edition, int? Number, bool Repeated);
