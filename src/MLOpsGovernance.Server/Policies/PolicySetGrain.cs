using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Policies;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Policies;

[Alias("policy-set-grain.v1")]
internal interface IPolicySetGrain : IStreamGrain<PolicySetHistory, PolicySetCommand>
{
    /// <summary>Which set is in force, without its documents.</summary>
    [Alias("in-force"), Orleans.Concurrency.AlwaysInterleave]
    Task<SetInForce> InForce();
}

/// <param name="Digest">Null when nothing was ever adopted: then nothing is allowed.</param>
[GenerateSerializer, Immutable, Alias("set-in-force.v1")]
internal sealed record SetInForce(string? Digest, long Version);

internal sealed class PolicySetGrain(StreamStorage storage) : StreamGrain<PolicySetHistory, PolicySetCommand>(storage), IPolicySetGrain
{
    public const string StreamName = "policy-set";

    protected override string Stream => StreamName;

    public async Task<SetInForce> InForce() => new(State.InForce?.Digest, (await Read()).Version);

    protected override PolicySetHistory Fold(PolicySetHistory state, object e) => PolicySetHistory.Evolve(state, e);

    protected override Decision Decide(PolicySetHistory state, PolicySetCommand command, Actor actor, DateTimeOffset at) => PolicySetDecider.Decide(state, command, actor, at);
}
