using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>
/// Writes into a model's history that approvals were superseded by something outside its stream, such as a withdrawn dataset. The gate never waits for
/// that: it has seen the approval as superseded already.
/// </summary>
internal sealed class Supersessions(IGrainFactory grains, FactCollector collector, ILogger<Supersessions> log)
{
    private static readonly Actor Gatekeeper = new("system:gate", false, []);

    /// <param name="noticed">Where it was noticed: what caused what is written.</param>
    public void Note(string model, int version, GateFacts facts, EventContext noticed)
    {
        if (facts.Approvals.Any(a => a.State == ApprovalStanding.Superseded) || facts.Validations.Any(v => v.State == ApprovalStanding.Superseded)) _ = NoteAsync(model, version, noticed with { Actor = Gatekeeper.Subject, Owner = null, Key = null, Body = null });
    }

    private async Task NoteAsync(string model, int number, EventContext context)
    {
        try
        {
            var grain = grains.GetGrain<IModelGrain>(model);
            if ((await grain.Read()).State.Versions.GetValueOrDefault(number) is not { } version || (version.Approvals.TrueForAll(a => a.Revoked is not null || a.Superseded.Count > 0) && version.Validations.TrueForAll(v => v.Superseded.Count > 0))) return;
            var datasets = FactCollector.Material(version, await collector.DatasetsAsync(version.Datasets));
            await grain.Execute(new(new NoteSuperseded(number, datasets), Gatekeeper, context, []));
        }
        catch (Exception e)
        {
            // The next check of the version tries again.
            log.LogInformation(e, "The history of {Model} could not be told of superseded approvals", model);
        }
    }
}
