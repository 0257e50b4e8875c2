using System.Diagnostics;
using Marten;

namespace MLOpsGovernance.Server.Storage;

/// <summary>Events for one stream, to be stored whole or not at all.</summary>
/// <param name="ExpectedVersion">The stream's version before the append; 0 begins the stream.</param>
/// <param name="Guards">Other streams that must still be at the version on which the decision rested; held until the transaction ends.</param>
/// <param name="Facts">Content kept beside the events, once for each digest.</param>
/// <param name="Beside">Queues what else is stored in the same transaction; called again when that is tried again.</param>
internal sealed record Append(
    string Stream, Type State, long ExpectedVersion, IReadOnlyList<object> Events, EventContext Context, IReadOnlyList<Guard> Guards, ContentRow? Facts = null,
    Action<IDocumentOperations>? Beside = null)
{
    /// <summary>The span in which somebody waits for this, where spans are kept.</summary>
    internal ActivityContext Waiting { get; set; }

    internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What every event says of its origin beside its own data.</summary>
/// <param name="Causation">The id of the decision or event that brought it about; null where somebody simply did it.</param>
/// <param name="Key">The client's idempotency key, joined with the actor; null where the client gave none.</param>
/// <param name="Body">A hash of the command, to tell a retry from another command under the same key.</param>
[GenerateSerializer, Immutable, Alias("event-context.v1")]
internal sealed record EventContext(string Actor, string? Owner, string? Correlation, string? Causation, string? Trace, string? Key, string? Body);

/// <summary>A stream and the version at which a decision read it; 0 for a stream that does not exist.</summary>
[GenerateSerializer, Immutable, Alias("guard.v1")]
internal sealed record Guard(string Stream, long Version);

internal sealed record ContentRow(string Digest, ReadOnlyMemory<byte> Bytes);
