using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Models;

/// <summary>Sends commands to a model's grain.</summary>
internal sealed class ModelCommands(IGrainFactory grains, GrainCommands commands)
{
    public Task<CommandOutcome> ExecuteAsync(string model, ModelCommand command) => ExecuteAsync(model, () => Task.FromResult(new Prepared<ModelCommand>(command, [])));

    public Task<CommandOutcome> ExecuteAsync(string model, Func<Task<Prepared<ModelCommand>>> prepare) =>
        commands.ExecuteAsync(grains.GetGrain<IModelGrain>(model), $"model:{model}", prepare);
}
