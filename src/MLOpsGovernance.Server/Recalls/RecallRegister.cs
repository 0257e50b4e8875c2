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

    public override RecallRow? Evolve(RecallRow? snapshot, string id, IEvent e) => (snapshot ?? new(id)) is var row ? row with { Recall = Recall.Evolve(row.Recall, e.Data) } : null;
}
