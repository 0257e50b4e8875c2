using System.Text.Json;
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

    /// <summary>Rows from before there were stages are of full deployments.</summary>
    public string Stage { get; set; } = DeploymentStage.Full;

    public DeploymentOutcome? Outcome { get; set; }
}

internal sealed partial class DeploymentRegister : EventProjection
{
    public DeploymentRegister()
    {
        Name = "DeploymentRegister";
        IncludeType<ModelDeployed>();
        IncludeType<ModelRolledBack>();
        IncludeType<DeploymentConcluded>();
        IncludeType<ModelRetired>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case ModelDeployed d:
                End(operations, Ended(d.Replaces, d.Ended), d.At);
                operations.Store(new DeploymentRow { Id = d.Id, Model = Model(e), Version = d.Version, Environment = d.Environment, DecisionId = d.DecisionId, ArtifactDigest = d.ArtifactDigest, ImageDigest = d.ImageDigest, Action = d.Action, By = d.By, At = d.At, Replaces = d.Replaces, Stage = d.Stage ?? DeploymentStage.Full });
                break;
            case ModelRolledBack d:
                End(operations, Ended(d.Replaces, d.Ended), d.At);
                operations.Store(new DeploymentRow { Id = d.Id, Model = Model(e), Version = d.Version, Environment = d.Environment, DecisionId = d.DecisionId, ArtifactDigest = d.ArtifactDigest, ImageDigest = d.ImageDigest, Action = "rollback", By = d.By, At = d.At, Replaces = d.Replaces });
                break;
            case DeploymentConcluded d:
                Conclude(operations, d);
                if (d.Ended) End(operations, [d.Id], d.At);
                break;
            case ModelRetired r:
                End(operations, r.Ended, r.At);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static string Model(IEvent e) => e.StreamKey!["model:".Length..];

    private static IReadOnlyList<string> Ended(string? replaced, IReadOnlyList<string>? others) => replaced is null ? others ?? [] : [replaced, .. others ?? []];

    private static void Conclude(IDocumentOperations operations, DeploymentConcluded d) => operations.QueueSqlCommand(
        $"update {MartenSetup.Schema}.mt_doc_deploymentrow set data = jsonb_set(data, '{{outcome}}', ?::jsonb) where id = ?",
        JsonSerializer.Serialize(new DeploymentOutcome(d.Outcome, d.Reason, d.Evidence, d.By, d.At), Json.Lenient), d.Id);

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
