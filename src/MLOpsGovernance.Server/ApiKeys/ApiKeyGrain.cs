using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.ApiKeys;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.ApiKeys;

[Alias("api-key-grain.v1")]
internal interface IApiKeyGrain : IStreamGrain<ApiKey, ApiKeyCommand>;

internal sealed class ApiKeyGrain(StreamStorage storage) : StreamGrain<ApiKey, ApiKeyCommand>(storage), IApiKeyGrain
{
    protected override string Stream => $"key:{this.GetPrimaryKeyString()}";

    protected override ApiKey Fold(ApiKey state, object e) => ApiKey.Evolve(state, e);

    protected override Decision Decide(ApiKey state, ApiKeyCommand command, Actor actor, DateTimeOffset at) => ApiKeyDecider.Decide(state, command, actor, at);
}
