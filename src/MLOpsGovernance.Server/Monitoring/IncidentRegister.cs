using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Monitoring;

/// <summary>One row for each incident there ever was, across all models.</summary>
internal sealed class IncidentRow
{
    public const string Open = "open", Acknowledged = "acknowledged", Resolved = "resolved";

    public string Id { get; set; } = "";
    public string Model { get; set; } = "";
    public int? Version { get; set; }
    public string? Environment { get; set; }
    public Sealed? Title { get; set; }
    public string Severity { get; set; } = "";
    public string Cause { get; set; } = "";
    public string State { get; set; } = "";
    public string ReportedBy { get; set; } = "";
    public DateTimeOffset ReportedAt { get; set; }
    public string? Owner { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }
}

internal sealed partial class IncidentRegister : EventProjection
{
    private static readonly JsonSerializerOptions Fields = new(JsonSerializerDefaults.Web);

    public IncidentRegister()
    {
        Name = "IncidentRegister";
        IncludeType<IncidentReported>();
        IncludeType<IncidentAcknowledged>();
        IncludeType<IncidentResolved>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case IncidentReported r:
                operations.Store(new IncidentRow
                {
                    Id = r.Id, Model = e.StreamKey!["model:".Length..], Version = r.Version, Environment = r.Environment, Title = r.Title, Severity = r.Severity, Cause = r.Cause ?? "reported", State = IncidentRow.Open,
                    ReportedBy = r.By, ReportedAt = r.At,
                });
                break;
            case IncidentAcknowledged a:
                operations.QueueSqlCommand(
                    $"update {Table} set data = data || jsonb_build_object('owner', ?::text, 'state', '{IncidentRow.Acknowledged}', 'acknowledgedAt', coalesce(data ->> 'acknowledgedAt', ?::text)) where id = ?", a.Owner, Json.Time(a.At), a.Id);
                break;
            case IncidentResolved r:
                operations.QueueSqlCommand($"update {Table} set data = data || ?::text::jsonb where id = ?", JsonSerializer.Serialize(new { State = IncidentRow.Resolved, ResolvedAt = Json.Time(r.At) }, Fields), r.Id);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private const string Table = $"{MartenSetup.Schema}.mt_doc_incidentrow";
}
