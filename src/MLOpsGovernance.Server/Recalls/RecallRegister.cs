using JasperFx.Events;
using Marten.Events.Aggregation;
using MLOpsGovernance.Domain.Recalls;

namespace MLOpsGovernance.Server.Recalls;

/// <summary>One row for each recall and drill.</summary>
internal sealed record RecallRow(string Id)
{
    public Recall Recall { get; init; } = new();
}

internal sealed class RecallRegister : SingleStreamProjection<RecallRow, string>
{
    public RecallRegister()
    {
        Name = "RecallRegister";
        IncludeType<RecallPrepared>();
        IncludeType<RecallConfirmed>();
    }

    /// <remarks>All registers run in one pass and see the events of every stream, whichever types they include.</remarks>
    public override RecallRow? Evolve(RecallRow? snapshot, string id, IEvent e)
    {
        if (e.Data is not (RecallPrepared or RecallConfirmed)) return snapshot;
        var row = snapshot ?? new(id);
        return row with { Recall = Recall.Evolve(row.Recall, e.Data) };
    }
}
