using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Evidence.Receipts;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Audit;

/// <summary>The newest checkpoint of the log, and the keys to check it with.</summary>
[AnyRole]
internal sealed record ReadCheckpoint : IQuery<CheckpointView>;

/// <param name="Size">How many events the log holds.</param>
/// <param name="Root">The root of its tree, in base64.</param>
/// <param name="Checkpoint">The signed note itself.</param>
/// <param name="Keys">The log's public keys in their text form. Whoever verifies has them from elsewhere, and compares.</param>
/// <param name="VerdictKeys">The public keys of verdicts, in PEM; likewise.</param>
internal sealed record CheckpointView(string Origin, ulong Size, string Root, DateTimeOffset SignedAt, string Checkpoint, IReadOnlyList<string> Keys, IReadOnlyList<string> VerdictKeys);

/// <summary>Where an event stands in the log, and the proof of it.</summary>
[AnyRole]
internal sealed record ReadEventProof(string Event) : IQuery<EventProof>;

internal sealed class ReadEventProofRules : AbstractValidator<ReadEventProof>
{
    public ReadEventProofRules() => RuleFor(q => q.Event).Must(id => Guid.TryParse(id, out _)).WithErrorCode("invalid-event-id").WithMessage("must be the id of an event, a UUID.");
}

/// <param name="Size">Of the log that the proof is for.</param>
/// <param name="Leaf">The entry, in base64: exactly the bytes that were hashed.</param>
/// <param name="Receipt">The proof with the signed checkpoint, as a <c>.tlog-proof</c> file.</param>
internal sealed record EventProof(string Event, ulong Index, ulong Size, string Leaf, string Receipt);

/// <summary>What the last comparison of the database with the log found.</summary>
[AnyRole]
internal sealed record ReadIntegrity : IQuery<IntegrityView>;

internal sealed class LogQueries(LogReader log, LogKeys keys, VerdictKeys verdicts, LogIntegrity integrity) : IRequestHandler<ReadIntegrity, Result<IntegrityView>>, IRequestHandler<ReadCheckpoint, Result<CheckpointView>>, IRequestHandler<ReadEventProof, Result<EventProof>>
{
    public async Task<Result<CheckpointView>> Handle(ReadCheckpoint request, CancellationToken cancellationToken) => await log.NewestAsync(cancellationToken) is { } newest
        ? new CheckpointView(newest.Checkpoint.Origin, newest.Checkpoint.Size, Convert.ToBase64String(newest.Checkpoint.Root), newest.SignedAt, newest.Note, [.. keys.Known.Select(key => key.ToString())], [.. verdicts.Signing.Select(key => key.Verifier.ToPem())])
        : NotSigned();

    public async Task<Result<EventProof>> Handle(ReadEventProof request, CancellationToken cancellationToken)
    {
        if (await log.NewestAsync(cancellationToken) is not { } newest) return NotSigned();
        var size = newest.Checkpoint.Size;
        if (await log.FindAsync(Guid.Parse(request.Event), cancellationToken) is not { } found || found.Index >= size)
            return Result<EventProof>.Refused(new Refusal("event-not-in-log", $"No event {request.Event} is among the {size} events of the log. An event is taken in within a second.", RefusalKind.NotFound), extension: new { size });
        var receipt = new Receipt(found.Index, await log.ProveAsync(found.Index, size, [], cancellationToken), newest.Note);
        return new EventProof(request.Event, found.Index, size, Convert.ToBase64String(found.Leaf), receipt.ToString());
    }

    public async Task<Result<IntegrityView>> Handle(ReadIntegrity request, CancellationToken cancellationToken) => await integrity.LastAsync(cancellationToken) is { } last
        ? last
        : new Refusal("not-yet-checked", "The database has not been compared with the log yet; that is done every hour.", RefusalKind.NotFound);

    internal static Refusal NotSigned() => new("no-checkpoint", "The log has no signed checkpoint yet; it has one within a second of the first event.", RefusalKind.NotFound);
}
