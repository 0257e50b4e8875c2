using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Models;

/// <summary>Sends commands to a model's grain, within the scope of the caller's credential.</summary>
internal sealed class ModelCommands(IGrainFactory grains, GrainCommands commands, Caller caller)
{
    public Task<CommandOutcome> ExecuteAsync(string model, ModelCommand command) => ExecuteAsync(model, () => Task.FromResult(new Prepared<ModelCommand>(command, [])));

    public async Task<CommandOutcome> ExecuteAsync(string model, Func<Task<Prepared<ModelCommand>>> prepare)
    {
        var grain = grains.GetGrain<IModelGrain>(model);
        if (caller.Scope is not null && (await grain.Read()).State is { Exists: true } known && !caller.CoversTeam(known.Team))
        {
            var refusal = new Refusal("out-of-scope", $"The credential of {caller.Actor.Subject} does not cover team {known.Team}.", RefusalKind.Forbidden);
            await commands.NoteAsync($"model:{model}", UseCase.Of((await prepare()).Command), refusal);
            return new(refusal, true, 0, null, false);
        }

        return await commands.ExecuteAsync(grain, $"model:{model}", prepare);
    }
}
