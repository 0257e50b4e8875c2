using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Waivers;

[Alias("waiver-grain.v1")]
internal interface IWaiverGrain : IStreamGrain<Waiver, WaiverCommand>;

internal sealed class WaiverGrain(StreamStorage storage) : StreamGrain<Waiver, WaiverCommand>(storage), IWaiverGrain
{
    protected override string Stream => $"waiver:{this.GetPrimaryKeyString()}";

    protected override Waiver Fold(Waiver state, object e) => Waiver.Evolve(state, e);

    protected override Decision Decide(Waiver state, WaiverCommand command, Actor actor, DateTimeOffset at) => WaiverDecider.Decide(state, command, actor, at);
}
