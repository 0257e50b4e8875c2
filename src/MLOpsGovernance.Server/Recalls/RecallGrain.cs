using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Recalls;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Recalls;

[Alias("recall-grain.v1")]
internal interface IRecallGrain : IStreamGrain<Recall, RecallCommand>;

internal sealed class RecallGrain(StreamStorage storage) : StreamGrain<Recall, RecallCommand>(storage), IRecallGrain
{
    protected override string Stream => $"recall:{this.GetPrimaryKeyString()}";

    protected override Recall Fold(Recall state, object e) => Recall.Evolve(state, e);

    protected override Decision Decide(Recall state, RecallCommand command, Actor actor, DateTimeOffset at) => RecallDecider.Decide(state, command, actor, at);
}
