using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Deployments;

/// <summary>One row for each deployment there ever was, so that any environment can be read as of any time.</summary>
internal sealed class DeploymentRow
{
    public string Id { get; set; } = "";
    public string Model { get; set; } = "";
    public int Version { get; set; }
    public string Environment { get; set; } = "";
    public string DecisionId { get; set; } = "";
    public string ArtifactDigest { get; set; } = "";
    public string? ImageDigest { get; set; }
    public string Action { get; set; } = "";
    public string By { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Replaces { get; set; }
}

internal sealed partial class DeploymentRegister : EventProjection
{
    public DeploymentRegister()
    {
        Name = "DeploymentRegister";
        IncludeType<ModelDeployed>();
        IncludeType<ModelRolledBack>();
        IncludeType<ModelRetired>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case ModelDeployed d:
                End(operations, d.Replaces is null ? [] : [d.Replaces], d.At);
                operations.Store(new DeploymentRow { Id = d.Id, Model = Model(e), Version = d.Version, Environment = d.Environment, DecisionId = d.DecisionId, ArtifactDigest = d.ArtifactDigest, ImageDigest = d.ImageDigest, Action = d.Action, By = d.By, At = d.At, Replaces = d.Replaces });
                break;
            case ModelRolledBack d:
                End(operations, d.Replaces is null ? [] : [d.Replaces], d.At);
                operations.Store(new DeploymentRow { Id = d.Id, Model = Model(e), Version = d.Version, Environment = d.Environment, DecisionId = d.DecisionId, ArtifactDigest = d.ArtifactDigest, ImageDigest = d.ImageDigest, Action = "rollback", By = d.By, At = d.At, Replaces = d.Replaces });
                break;
            case ModelRetired r:
                End(operations, r.Ended, r.At);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static string Model(IEvent e) => e.StreamKey!["model:".Length..];

    /// <summary>Plain SQL, because the row may still be waiting in the same batch.</summary>
    private static void End(IDocumentOperations operations, IReadOnlyList<string> ids, DateTimeOffset at)
    {
        foreach (var id in ids)
        {
            operations.QueueSqlCommand(
                $"update {MartenSetup.Schema}.mt_doc_deploymentrow set data = jsonb_set(data, '{{endedAt}}', to_jsonb(?::text)) where id = ?",
                at.ToString("O", System.Globalization.CultureInfo.InvariantCulture), id);
        }
    }
}
