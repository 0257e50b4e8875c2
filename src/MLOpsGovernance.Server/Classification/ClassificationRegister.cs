using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Classification;

/// <summary>One row for each time that a class was confirmed.</summary>
internal sealed class ClassificationRow
{
    /// <summary>The event's number in the log, with leading zeros, so that the order of ids is the order of time.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>model</c> or <c>dataset</c>.</summary>
    public string Kind { get; set; } = "";

    public string Name { get; set; } = "";
    public string By { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public Sealed? Reason { get; set; }
    public bool IsLowered { get; set; }
    public IReadOnlyList<string> Lowered { get; set; } = [];
    public RiskClass? Risk { get; set; }
    public RiskClass? RiskBefore { get; set; }
    public DataClass? Data { get; set; }
    public DataClass? DataBefore { get; set; }

    /// <summary>How many approvals rested on the class before.</summary>
    public int Approvals { get; set; }
}

/// <summary>An approval and the data that it rests on, for as long as it does.</summary>
internal sealed class RestingApprovalRow
{
    public string Id { get; set; } = "";
    public DateTimeOffset ValidUntil { get; set; }
    public IReadOnlyList<RestingOn> Datasets { get; set; } = [];
}

internal sealed record RestingOn(string Name, int Revision);

internal sealed partial class ClassificationRegister : EventProjection
{
    private const string Rows = $"{MartenSetup.Schema}.mt_doc_classificationrow", Resting = $"{MartenSetup.Schema}.mt_doc_restingapprovalrow";

    public ClassificationRegister()
    {
        Name = "ClassificationRegister";
        IncludeType<ModelRiskConfirmed>();
        IncludeType<DatasetClassified>();
        IncludeType<VersionApproved>();
        IncludeType<ApprovalRevoked>();
        IncludeType<ApprovalSuperseded>();
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        switch (e.Data)
        {
            case ModelRiskConfirmed c:
                operations.Store(Row(e, "model", c.By, c.At, c.Risk.Reason, c.Lowered, row =>
                {
                    (row.Risk, row.RiskBefore) = (c.Risk with { Reason = null }, c.From);
                    row.Approvals = c.Approvals?.Count ?? 0;
                }));
                break;
            case DatasetClassified c:
                var lowered = Row(e, "dataset", c.By, c.At, c.Class.Reason, c.Lowered, row => (row.Data, row.DataBefore) = (c.Class.Wordless(), c.From));
                operations.Store(lowered);
                Count(operations, lowered, c);
                break;
            case VersionApproved a:
                operations.Store(new RestingApprovalRow { Id = a.Approval, ValidUntil = a.ValidUntil, Datasets = [.. a.Material.Datasets.Select(d => new RestingOn(d.Name, d.ClassRevision))] });
                break;
            case ApprovalRevoked a:
                operations.Delete<RestingApprovalRow>(a.Approval);
                break;
            case ApprovalSuperseded a:
                operations.Delete<RestingApprovalRow>(a.Approval);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private static ClassificationRow Row(IEvent e, string kind, string by, DateTimeOffset at, Sealed? reason, IReadOnlyList<string>? lowered, Action<ClassificationRow> fill)
    {
        var row = new ClassificationRow { Id = $"{e.Sequence:D19}", Kind = kind, Name = e.StreamKey!.Split(':', 2)[1], By = by, At = at, Reason = reason, IsLowered = lowered is [_, ..], Lowered = lowered ?? [] };
        fill(row);
        return row;
    }

    /// <summary>The approvals lie in other streams, and their histories are told later, so they are counted by what they rest on. Plain SQL, because rows may still be waiting in the same batch.</summary>
    private static void Count(IDocumentOperations operations, ClassificationRow row, DatasetClassified c)
    {
        if (c.FromRevision is not { } revision) return;
        var resting = System.Text.Json.JsonSerializer.Serialize(new { datasets = new[] { new { name = row.Name, revision } } });
        operations.QueueSqlCommand(
            $"update {Rows} set data = jsonb_set(data, '{{approvals}}', to_jsonb((select count(*) from {Resting} r where r.data @> ?::text::jsonb and (r.data ->> 'validUntil')::timestamptz > ?))) where id = ?",
            resting, c.At.ToUniversalTime(), row.Id);
    }
}
