using System.Text.Json;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain.Waivers;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Waivers;

/// <summary>One row for each waiver that was ever asked for.</summary>
internal sealed class WaiverRow
{
    public string Id { get; set; } = "";
    public string Model { get; set; } = "";
    public string Team { get; set; } = "";
    public int? Version { get; set; }
    public string Environment { get; set; } = "";
    public string Policy { get; set; } = "";
    public string Rule { get; set; } = "";

    /// <summary>As of the last event; that its time is over, the clock says.</summary>
    public string State { get; set; } = "";

    public string RequestedBy { get; set; } = "";
    public DateTimeOffset RequestedAt { get; set; }
    public string? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}

internal sealed partial class WaiverRegister : EventProjection
{
    private static readonly JsonSerializerOptions Fields = new(JsonSerializerDefaults.Web);

    public WaiverRegister()
    {
        Name = "WaiverRegister";
        IncludeType<WaiverRequested>();
        IncludeType<WaiverApproved>();
        IncludeType<WaiverRejected>();
        IncludeType<WaiverWithdrawn>();
        IncludeType<WaiverRevoked>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        var id = e.StreamKey!["waiver:".Length..];
        switch (e.Data)
        {
            case WaiverRequested r:
                operations.Store(new WaiverRow
                {
                    Id = r.Id, Model = r.Model, Team = r.Team, Version = r.Version, Environment = r.Environment, Policy = r.Policy, Rule = r.Rule, State = Waiver.Requested,
                    RequestedBy = r.By, RequestedAt = r.At, ExpiresAt = r.ExpiresAt,
                });
                break;
            case WaiverApproved a:
                Merge(operations, id, new { State = Waiver.Approved, ApprovedBy = a.By, ApprovedAt = Json.Time(a.At) });
                break;
            case WaiverRejected:
                Merge(operations, id, new { State = Waiver.Rejected });
                break;
            case WaiverWithdrawn:
                Merge(operations, id, new { State = Waiver.Withdrawn });
                break;
            case WaiverRevoked:
                Merge(operations, id, new { State = Waiver.Revoked });
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Plain SQL, because the row may still be waiting in the same batch.</summary>
    private static void Merge<T>(IDocumentOperations operations, string id, T fields) =>
        operations.QueueSqlCommand($"update {MartenSetup.Schema}.mt_doc_waiverrow set data = data || ?::text::jsonb where id = ?", JsonSerializer.Serialize(fields, Fields), id);
}
