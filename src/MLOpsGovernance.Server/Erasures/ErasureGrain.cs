using Marten;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Erasures;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Erasures;

[Alias("erasure-grain.v1")]
internal interface IErasureGrain : IStreamGrain<Erasure, ErasureCommand>;

internal sealed class ErasureGrain(StreamStorage storage) : StreamGrain<Erasure, ErasureCommand>(storage), IErasureGrain
{
    protected override string Stream => $"erasure:{this.GetPrimaryKeyString()}";

    protected override Erasure Fold(Erasure state, object e) => Erasure.Evolve(state, e);

    protected override Decision Decide(Erasure state, ErasureCommand command, Actor actor, DateTimeOffset at) => ErasureDecider.Decide(state, command, actor, at);

    /// <summary>Keys are destroyed with the event that says so, or neither happens.</summary>
    protected override Action<IDocumentOperations>? Beside(IReadOnlyList<object> events) =>
        events.OfType<ErasureCompleted>().FirstOrDefault() is { } completed ? operations => SealingKeys.Destroy(operations, completed.Keys) : null;
}
