using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Models;

[Alias("model-grain.v1")]
internal interface IModelGrain : IStreamGrain<Model, ModelCommand>;

internal sealed class ModelGrain(StreamStorage storage) : StreamGrain<Model, ModelCommand>(storage), IModelGrain
{
    protected override string Stream => $"model:{this.GetPrimaryKeyString()}";

    protected override Model Fold(Model state, object e) => Model.Evolve(state, e);

    protected override Decision Decide(Model state, ModelCommand command, Actor actor, DateTimeOffset at) => ModelDecider.Decide(state, command, actor, at);

    protected override int? Number(object e) => (e as ModelVersionRegistered)?.Version;
}
